using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>
/// A register full of 32-bit lanes, one pixel a lane. A generated kernel is one generic method over this interface; the JIT
/// makes a machine-code version of it for each width, and the version for <see cref="ScalarLane"/> does the tail.
/// </summary>
/// <remarks>
/// As in the hardware, a register has no type of its own: its lanes hold floats or integers (labels and counts), and each
/// operation says which it takes. Operations act lane by lane.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes, which is the number of pixels handled at once.</summary>
    static abstract int Count { get; }

    /// <summary>Floats from memory, which need not be aligned.</summary>
    /// <param name="source">The first element of the plane.</param>
    /// <param name="offset">Elements from there to the first one loaded.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf Load(ref readonly float source, nuint offset);

    /// <summary>Floats of two classes from memory, in which the classes of a pixel lie side by side; it need not be aligned.</summary>
    /// <param name="source">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one loaded, which is of class 0.</param>
    /// <returns>Float lanes, a class each.</returns>
    static abstract (TSelf Class0, TSelf Class1) LoadTwoClasses(ref readonly float source, nuint offset);

    /// <summary>Lanes of two vectors of pixels, whose classes lie side by side, taken apart into a class each.</summary>
    /// <param name="first">Lanes of any kind: class 0 of the first pixel, and so on.</param>
    /// <param name="second">Lanes of that kind, which go on from there.</param>
    /// <returns>Lanes of that kind, a pixel each.</returns>
    static abstract (TSelf Class0, TSelf Class1) TakeApart(TSelf first, TSelf second);

    /// <summary>Lanes of three vectors of pixels, whose classes lie side by side, taken apart into a class each.</summary>
    /// <param name="first">Lanes of any kind: class 0 of the first pixel, and so on.</param>
    /// <param name="second">Lanes of that kind, which go on from there.</param>
    /// <param name="third">Lanes of that kind, which go on from there.</param>
    /// <returns>Lanes of that kind, a pixel each.</returns>
    static abstract (TSelf Class0, TSelf Class1, TSelf Class2) TakeApart(TSelf first, TSelf second, TSelf third);

    /// <summary>Lanes of four vectors of pixels, whose classes lie side by side, taken apart into a class each.</summary>
    /// <param name="first">Lanes of any kind: class 0 of the first pixel, and so on.</param>
    /// <param name="second">Lanes of that kind, which go on from there.</param>
    /// <param name="third">Lanes of that kind, which go on from there.</param>
    /// <param name="fourth">Lanes of that kind, which go on from there.</param>
    /// <returns>Lanes of that kind, a pixel each.</returns>
    static abstract (TSelf Class0, TSelf Class1, TSelf Class2, TSelf Class3) TakeApart(TSelf first, TSelf second, TSelf third, TSelf fourth);

    /// <summary>Floats of three classes from memory, in which the classes of a pixel lie side by side; it need not be aligned.</summary>
    /// <param name="source">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one loaded, which is of class 0.</param>
    /// <returns>Float lanes, a class each.</returns>
    static abstract (TSelf Class0, TSelf Class1, TSelf Class2) LoadThreeClasses(ref readonly float source, nuint offset);

    /// <summary>Floats of four classes from memory, in which the classes of a pixel lie side by side; it need not be aligned.</summary>
    /// <param name="source">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one loaded, which is of class 0.</param>
    /// <returns>Float lanes, a class each.</returns>
    static abstract (TSelf Class0, TSelf Class1, TSelf Class2, TSelf Class3) LoadFourClasses(ref readonly float source, nuint offset);

    /// <summary>
    /// Labels from memory as 32-bit integers. A label that is not an integer, or does not fit, becomes a negative number.
    /// </summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="source">The first label.</param>
    /// <param name="offset">Elements from there to the first one loaded.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged;

    /// <summary>
    /// Labels from memory as 32-bit integers, with <see cref="IgnoredPixels.Label"/> for the one that is ignored and for no other. A label
    /// that is not an integer, or does not fit, becomes another negative number.
    /// </summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="source">The first label.</param>
    /// <param name="offset">Elements from there to the first one loaded.</param>
    /// <param name="ignored">
    /// The label that is ignored, an integer of 32 bits, which the type of the labels need not be able to hold; any other number if none is.
    /// </param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged;

    /// <summary>Labels, with <see cref="IgnoredPixels.Label"/> where a mask is false.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="mask">The mask of the first pixel; a byte that is not 0 is true.</param>
    /// <param name="offset">Elements from there to that of the first lane.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf Masked(TSelf labels, ref readonly bool mask, nuint offset);

    /// <summary>One-hot or soft targets from memory, as floats.</summary>
    /// <typeparam name="TLabel">byte or float.</typeparam>
    /// <param name="source">The first target of the plane.</param>
    /// <param name="offset">Elements from there to the first one loaded.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged;

    /// <summary>Floats to memory, which need not be aligned.</summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="destination">The first element of the plane.</param>
    /// <param name="offset">Elements from there to the first one stored.</param>
    static abstract void Store(TSelf values, ref float destination, nuint offset);

    /// <summary>Floats to memory, past the cache if that is asked for and they are a vector's whole part of a line there.</summary>
    /// <remarks>A line of which all is written so goes to memory without having been read.</remarks>
    /// <param name="values">Float lanes.</param>
    /// <param name="destination">The first element of the plane.</param>
    /// <param name="offset">Elements from there to the first one stored.</param>
    /// <param name="bypassCache">Whether there will be more than the cache holds before anybody reads this.</param>
    static abstract void Store(TSelf values, ref float destination, nuint offset, bool bypassCache);

    /// <summary>
    /// Floats of two classes to memory, in which the classes of a pixel lie side by side, past the cache if that is asked for and each register is a
    /// vector's whole part of a line there.
    /// </summary>
    /// <param name="class0">Float lanes.</param>
    /// <param name="class1">Float lanes.</param>
    /// <param name="destination">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one stored, which is of class 0.</param>
    /// <param name="bypassCache">Whether there will be more than the cache holds before anybody reads this.</param>
    static abstract void StoreTwoClasses(TSelf class0, TSelf class1, ref float destination, nuint offset, bool bypassCache);

    /// <summary>
    /// Floats of three classes to memory, in which the classes of a pixel lie side by side, past the cache if that is asked for and each register is a
    /// vector's whole part of a line there.
    /// </summary>
    /// <param name="class0">Float lanes.</param>
    /// <param name="class1">Float lanes.</param>
    /// <param name="class2">Float lanes.</param>
    /// <param name="destination">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one stored, which is of class 0.</param>
    /// <param name="bypassCache">Whether there will be more than the cache holds before anybody reads this.</param>
    static abstract void StoreThreeClasses(TSelf class0, TSelf class1, TSelf class2, ref float destination, nuint offset, bool bypassCache);

    /// <summary>
    /// Floats of four classes to memory, in which the classes of a pixel lie side by side, past the cache if that is asked for and each register is a
    /// vector's whole part of a line there.
    /// </summary>
    /// <param name="class0">Float lanes.</param>
    /// <param name="class1">Float lanes.</param>
    /// <param name="class2">Float lanes.</param>
    /// <param name="class3">Float lanes.</param>
    /// <param name="destination">The first class of the first pixel.</param>
    /// <param name="offset">Elements from there to the first one stored, which is of class 0.</param>
    /// <param name="bypassCache">Whether there will be more than the cache holds before anybody reads this.</param>
    static abstract void StoreFourClasses(TSelf class0, TSelf class1, TSelf class2, TSelf class3, ref float destination, nuint offset, bool bypassCache);

    /// <summary>One float in every lane.</summary>
    /// <param name="value">The float.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf Broadcast(float value);

    /// <summary>One float from memory in every lane.</summary>
    /// <param name="source">The first element of a table.</param>
    /// <param name="offset">Elements from there to the one that is taken.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf Broadcast(ref readonly float source, nuint offset);

    /// <summary>Numbers labels from another class: <c>label - firstClass</c>, wrapping around.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="firstClass">The class that becomes 0.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf RelativeTo(TSelf labels, int firstClass);

    /// <summary>Adds floats.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Subtracts floats.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Multiplies floats.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Divides floats.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, rounded once where the hardware can, else twice; at all widths alike.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <param name="addend">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The larger float; NaN if <paramref name="value"/> is.</summary>
    /// <param name="value">Float lanes.</param>
    /// <param name="bound">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf AtLeast(TSelf value, TSelf bound);

    /// <summary>
    /// Floats between two bounds, for <see cref="TimesWholePower"/>; as they are where that takes any power. NaN stays NaN.
    /// </summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf WithinPowers(TSelf values, float least, float most);

    /// <summary>Minus the magnitude of each float.</summary>
    /// <param name="values">Float lanes.</param>
    /// <returns>Float lanes, all signs set.</returns>
    static abstract TSelf NegativeMagnitude(TSelf values);

    /// <summary>One or the other, by the sign bit.</summary>
    /// <param name="signs">Float lanes.</param>
    /// <param name="negative">What is taken where the sign is set.</param>
    /// <param name="positive">What is taken elsewhere.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf SelectBySign(TSelf signs, TSelf negative, TSelf positive);

    /// <summary>Floats times powers of two, rounded once.</summary>
    /// <param name="values">Float lanes, 1/2 to 2.</param>
    /// <param name="powers">Whole numbers from -150 to 87, as float lanes.</param>
    /// <param name="biased">The powers plus <see cref="PowerOfTwo.IntoLowBits"/>, for lanes that have no instruction for this.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf TimesPowerOfTwo(TSelf values, TSelf powers, TSelf biased);

    /// <summary>For each lane one of eight floats, by its lowest three bits: a factor times 2 to the power of as many eighths.</summary>
    /// <param name="biased">Lanes of a float that had <see cref="PowerOfTwo.EighthsIntoLowBits"/> added.</param>
    /// <returns>Float lanes, 1.29 to 2.38.</returns>
    static abstract TSelf EighthPowers(TSelf biased);

    /// <summary>Floats times two to the power of the whole parts of numbers of eighths, these being rounded down; rounded once.</summary>
    /// <param name="values">Float lanes, 1 to 3.</param>
    /// <param name="powers">Numbers of eighths from -152 to 93, as float lanes; any numbers where <see cref="WithinPowers"/> leaves floats as they are.</param>
    /// <param name="biased">The powers plus <see cref="PowerOfTwo.EighthsIntoLowBits"/>, for lanes that have no instruction for this.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf TimesWholePower(TSelf values, TSelf powers, TSelf biased);

    /// <summary>The powers of two that positive floats are to be divided by to be from 3/4 to 3/2.</summary>
    /// <param name="values">Float lanes: normal, positive and finite; of others, some whole number.</param>
    /// <returns>Whole numbers, as float lanes.</returns>
    static abstract TSelf Exponents(TSelf values);

    /// <summary>One or the other, by whether a float is larger than another. Neither is if one of them is NaN.</summary>
    /// <param name="left">Float lanes.</param>
    /// <param name="right">Float lanes.</param>
    /// <param name="larger">What is taken where <paramref name="left"/> is larger than <paramref name="right"/>.</param>
    /// <param name="other">What is taken elsewhere.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf SelectWhereLarger(TSelf left, TSelf right, TSelf larger, TSelf other);

    /// <summary>
    /// The one whose bits are the larger unsigned number: of floats, the larger one, or one that is negative or NaN if there is any.
    /// </summary>
    /// <param name="left">Lanes of any kind.</param>
    /// <param name="right">Lanes of any kind.</param>
    /// <returns>Lanes of that kind.</returns>
    static abstract TSelf LargerBits(TSelf left, TSelf right);

    /// <summary>Whether the bits of all lanes are at most those of a float, as unsigned numbers: of floats, that they are from +0 to it.</summary>
    /// <param name="values">Lanes of any kind.</param>
    /// <param name="bound">A float that is not negative.</param>
    /// <returns>True if they are.</returns>
    static abstract bool AreBitsAtMost(TSelf values, float bound);

    /// <summary>Whether all lanes are larger than one float and at most another; NaN is not.</summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="tooSmall">A positive float.</param>
    /// <param name="most">A larger float.</param>
    /// <returns>True if they are.</returns>
    static abstract bool AreWithin(TSelf values, float tooSmall, float most);

    /// <summary>One or the other, by the label.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classIndex">The class.</param>
    /// <param name="own">What is taken where the label is the class.</param>
    /// <param name="other">What is taken elsewhere.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf SelectWhere(TSelf labels, int classIndex, TSelf own, TSelf other);

    /// <summary>Adds floats where the label is the given class, and leaves the sum as it is elsewhere, whatever is there.</summary>
    /// <remarks>
    /// Comparing and adding are one operation, because AVX-512 adds under a mask: a mask as a value would be turned into a vector
    /// first. Elsewhere the JIT shares the comparison with that of <see cref="CountWhere(TSelf, TSelf, int)"/>.
    /// </remarks>
    /// <param name="sum">Float lanes.</param>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classIndex">The class.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf AddWhere(TSelf sum, TSelf values, TSelf labels, int classIndex);

    /// <summary>One label in all lanes.</summary>
    /// <param name="label">The label.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf BroadcastLabel(int label);

    /// <summary>Adds floats unless the label is the given one, and leaves the sum as it is there, whatever is there.</summary>
    /// <param name="sum">Float lanes.</param>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="label">The label.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf AddUnless(TSelf sum, TSelf values, TSelf labels, int label);

    /// <summary>By how much predictions miss: 1 minus the prediction where the label is the given class, the prediction elsewhere.</summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classIndex">The class.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf Miss(TSelf values, TSelf labels, int classIndex);

    /// <summary>+0 where the label is the given one, whatever the float is there; floats as they are elsewhere.</summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="label">The label.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf ClearWhere(TSelf values, TSelf labels, int label);

    /// <summary>One more where the label is the given class. Counts do not overflow below 2³¹.</summary>
    /// <param name="counts">Integer lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classIndex">The class.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf CountWhere(TSelf counts, TSelf labels, int classIndex);

    /// <summary>One or the other, by whether a lane's label is its class.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <param name="own">What is taken where the label is the class.</param>
    /// <param name="other">What is taken elsewhere.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf SelectWhere(TSelf labels, TSelf classes, TSelf own, TSelf other);

    /// <summary>Adds floats where a lane's label is its class, and leaves the sum as it is elsewhere, whatever is there.</summary>
    /// <param name="sum">Float lanes.</param>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf AddWhere(TSelf sum, TSelf values, TSelf labels, TSelf classes);

    /// <summary>Adds floats unless a lane's label is its class, and leaves the sum as it is there, whatever is there.</summary>
    /// <param name="sum">Float lanes.</param>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf AddUnless(TSelf sum, TSelf values, TSelf labels, TSelf classes);

    /// <summary>By how much predictions miss: 1 minus the prediction where a lane's label is its class, the prediction elsewhere.</summary>
    /// <param name="values">Float lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <returns>Float lanes.</returns>
    static abstract TSelf Miss(TSelf values, TSelf labels, TSelf classes);

    /// <summary>One more where a lane's label is its class. Counts do not overflow below 2³¹.</summary>
    /// <param name="counts">Integer lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf CountWhere(TSelf counts, TSelf labels, TSelf classes);

    /// <summary>
    /// The pixels that lanes belong to where the classes of a pixel lie side by side, and are loaded as they lie: as many vectors as there are classes hold
    /// as many pixels as a vector has lanes.
    /// </summary>
    /// <param name="numClasses">Number of classes, at most 4.</param>
    /// <param name="vector">Which of the vectors, from 0.</param>
    /// <returns>Integer lanes, from 0.</returns>
    static abstract TSelf PixelsOfLanes(int numClasses, int vector);

    /// <summary>The classes of the same lanes.</summary>
    /// <param name="numClasses">Number of classes, at most 4.</param>
    /// <param name="vector">Which of the vectors, from 0.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf ClassesOfLanes(int numClasses, int vector);

    /// <summary>The labels of the pixels that such lanes belong to.</summary>
    /// <param name="labels">Integer lanes, a pixel each.</param>
    /// <param name="pixels">Integer lanes, of <see cref="PixelsOfLanes"/>.</param>
    /// <returns>Integer lanes.</returns>
    static abstract TSelf Spread(TSelf labels, TSelf pixels);

    /// <summary>How many labels are not the given one.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="label">The label.</param>
    /// <returns>A number from 0 to <see cref="Count"/>.</returns>
    static abstract int NumberUnless(TSelf labels, int label);

    /// <summary>Which labels are the given one.</summary>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="label">The label.</param>
    /// <returns>A bit for each lane, the lowest that of the first.</returns>
    static abstract uint LanesWhere(TSelf labels, int label);

    /// <summary>
    /// The lanes as four sums in double, whatever the number of lanes: exact up to 4 lanes, rounded in double beyond. It has far
    /// fewer instructions than one sum, and leaves that for the end.
    /// </summary>
    /// <param name="values">Float lanes.</param>
    /// <returns>Four numbers that add up to the sum of all lanes.</returns>
    static abstract Vector256<double> ToDouble(TSelf values);

    /// <summary>The sum of all lanes as counts.</summary>
    /// <param name="counts">Integer lanes.</param>
    /// <returns>The sum.</returns>
    static abstract long Total(TSelf counts);
}
