using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

using SoftDice;
using SoftDice.Samples;
using SoftDice.Samples.RealLabels;

using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A head, 116 regions of its brain, and their names.
string data = Path.Combine(AppContext.BaseDirectory, "colin27-2mm");
NiftiVolume head = NiftiVolume.Read(Path.Combine(data, "t1.nii.gz"));
NiftiVolume labels = NiftiVolume.Read(Path.Combine(data, "aal.nii.gz"));
string[] names = AalNames.Read(Path.Combine(data, "aal.txt"));
CheckLabels();

int slices = labels.Depth;
int pixels = labels.Width * labels.Height;
int slicePredictions = AalLoss.NumClasses * pixels;
Console.WriteLine($"Labels: {slices} slices of {labels.Width} x {labels.Height} pixels, {AalLoss.NumClasses} classes");

// Slice by slice: the predictions of one slice are enough to add it to the sums. They are all kept here, 420 MB of them, only
// because they are wanted once more below, as one batch.
const int Seed = 42;
BlurredPredictions network = new(labels.Width, labels.Height, AalLoss.NumClasses, Seed);
float[] predictions = new float[slices * slicePredictions];
TimeSpan[] times = new TimeSpan[slices];
long allocated = 0;

AalLoss.Sums sums = default;
AalLoss.Sums lowerHalf = default;
AalLoss.Sums upperHalf = default;

AnsiConsole.Progress().Start(progress =>
{
    ProgressTask task = progress.AddTask("Predict and add up, slice by slice", maxValue: slices);
    for (int z = 0; z < slices; z++)
    {
        network.Fill(labels.Slice(z), z, Predictions(z));
        AddSlice(z);
        AalLoss.Accumulate(ref (z < slices / 2 ? ref lowerHalf : ref upperHalf), Predictions(z), labels.Slice(z), batchSize: 1);
        task.Increment(1);
    }
});

// The same in one call: the volume is a batch of slices. AalLoss.Forward is these three lines.
AalLoss.Sums batch = default;
AalLoss.Accumulate(ref batch, predictions, labels.Voxels, batchSize: slices);
double loss = batch.Loss();

// All three ways add the same doubles, one a slice for each sum. One call adds up whole slices, in their order, as the loop
// above did: the bits are the same. The halves are the same numbers in another order, ((a + b) + (c + d)) instead of
// (((a + b) + c) + d), so that some sums may differ in the last bits of a double, and the loss by no more than this bound.
double bound = LossRounding.Bound(loss, addends: slices, AalLoss.NumClasses);
bool ok = true;
Console.WriteLine($"Loss in one call:    {loss:G17}");
Compare("  slice by slice:    ", in sums);
Compare("  two halves, added: ", lowerHalf + upperHalf);

// The same definition as plain loops over doubles: what is left is the rounding of short float sums inside the kernel.
double exact = SoftDiceReference.Loss(new SoftDiceOptions(AalLoss.NumClasses), predictions, labels.Voxels, slices);
Console.WriteLine($"  in float64:        {exact:G17}  difference {loss - exact:E2}");

// Sums travel as bytes, from one machine to another for example, and arrive as they were.
byte[] bytes = new byte[AalLoss.Sums.ByteCount];
sums.WriteTo(bytes);
bool sameSums = AalLoss.Sums.ReadFrom(bytes).Equals(sums);
ok &= sameSums;
Console.WriteLine($"Sums written to {bytes.Length} bytes and read back: {(sameSums ? "the same bits" : "DIFFERENT")}");

ShowClasses();

Array.Sort(times);
Console.WriteLine($"Accumulate: {times[slices / 2].TotalMilliseconds:F3} ms a slice (median)");
Console.WriteLine($"Allocated by Accumulate: {allocated} bytes in all slices after the first");

int pictureSlice = Enumerable.Range(0, slices).MaxBy(z => labels.Slice(z).ToArray().Distinct().Count());
string picture = Path.Combine(SampleFolders.Sample, "reallabels.png");
Picture.Save(picture, head, labels, pictureSlice, Predictions(pictureSlice));
Console.WriteLine($"Picture: {picture} (slice {pictureSlice}: head, labels, most probable labels)");

return ok ? 0 : 1;

Span<float> Predictions(int z) => predictions.AsSpan(z * slicePredictions, slicePredictions);

void AddSlice(int z)
{
    long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
    long start = Stopwatch.GetTimestamp();
    AalLoss.Accumulate(ref sums, Predictions(z), labels.Slice(z), batchSize: 1);
    times[z] = Stopwatch.GetElapsedTime(start);

    // The first call is left out: the JIT may allocate while it makes machine code.
    allocated += z == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
}

void CheckLabels()
{
    if (names.Length != AalLoss.NumClasses)
    {
        throw new InvalidDataException($"aal.txt names {names.Length} labels; the loss has {AalLoss.NumClasses} classes.");
    }

    // A loss takes labels 0 to NumClasses - 1. An atlas with gaps in its numbers would have to be renumbered first.
    byte[] found = [.. labels.Voxels.ToArray().Distinct().Order()];
    if (!found.Select(label => (int)label).SequenceEqual(Enumerable.Range(0, AalLoss.NumClasses)))
    {
        throw new InvalidDataException(
            $"aal.nii.gz has {found.Length} labels, {found[0]} to {found[^1]}; expected each of 0 to {AalLoss.NumClasses - 1}.");
    }

    if ((head.Width, head.Height, head.Depth) != (labels.Width, labels.Height, labels.Depth))
    {
        throw new InvalidDataException("t1.nii.gz and aal.nii.gz are not of the same size.");
    }
}

void Compare(string what, in AalLoss.Sums other)
{
    double otherLoss = other.Loss();
    double difference = Math.Abs(otherLoss - loss);
    bool isWithinBound = difference <= bound;
    ok &= isWithinBound;

    string verdict = difference == 0 ? "equal" : isWithinBound ? "equal up to rounding" : "NOT EQUAL";
    Console.WriteLine($"{what}{otherLoss:G17}  {verdict}");
    Console.WriteLine(
        $"    difference {difference:G2}, bound {bound:G2}; {SameSums(in other)} of {3 * AalLoss.NumClasses} sums have the same bits");
}

int SameSums(in AalLoss.Sums other)
{
    int same = 0;
    for (int c = 0; c < AalLoss.NumClasses; c++)
    {
        same += other.Intersection(c) == batch.Intersection(c) ? 1 : 0;
        same += other.PredictionSum(c) == batch.PredictionSum(c) ? 1 : 0;
        same += other.TargetSum(c) == batch.TargetSum(c) ? 1 : 0;
    }

    return same;
}

void ShowClasses()
{
    const int Shown = 5;
    int[] byDice = [.. Enumerable.Range(0, AalLoss.NumClasses).OrderByDescending(c => sums.Dice(c))];

    Table table = new Table().Border(TableBorder.Simple).AddColumns("Class", "Region", "Dice", "Voxels");
    foreach (int c in byDice.Take(Shown))
    {
        AddRow(c);
    }

    table.AddRow("...", "...", "...", "...");
    foreach (int c in byDice.TakeLast(Shown))
    {
        AddRow(c);
    }

    AnsiConsole.Write(table);
    Console.WriteLine($"Mean Dice: {byDice.Average(c => sums.Dice(c)):F6}");

    void AddRow(int c) => table.AddRow($"{c}", names[c].EscapeMarkup(), $"{sums.Dice(c):F6}", $"{sums.TargetSum(c)}");
}
