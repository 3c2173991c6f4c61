using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Kernels;

using Xunit;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>The loops as the JIT of this runtime compiles them, by the names and numbers of their instructions.</summary>
/// <remarks>
/// Another version of the JIT may well need one more, or spill. Then read the loop in the message, measure, and write down what is true.
/// </remarks>
public sealed class MachineCodeTests
{
    // Instructions a turn of the loop over three classes' probabilities: for 16 pixels, 8 pixels, 4 and 4.
    private const int MostAvx512 = 24;
    private const int MostAvx2 = 30;
    private const int MostAvx = 32;
    private const int MostSse = 42;

    // With a permutation for each vector of labels.
    private const int MostSideBySideAvx512 = 24;

    // The same for a group of many: of seven classes with AVX-512, of four with AVX2, where 16 registers are one too few. To ask for a line are three more a class, and two for where it is.
    private const int MostOfGroupAvx512 = 73;
    private const int MostOfGroupAvx2 = 57;

    // Of four classes with AVX-512.
    private const int MostOfFarGroupAvx512 = 45;

    // Six sums, three counts and three exponentials at work are more than 16 registers: the sums and counts wait on the stack.
    private const int MostSpilledBySoftmaxAvx2 = 23;

    // The JIT loads each row before it multiplies, and moves the sum back: three instructions a row where one would do, which nothing waits for.
    private const int MostOfRows = 16;

    // Sums, labels, halves and slopes of two vectors of pixels are more than 16 registers; it is the faster for it.
    private const int MostOfSlopesOnStackAvx2 = 1;

    // Three loads, a label, slopes by it, what is taken from them, three stores in two ways; no exponentials.
    private const int MostOfKept = 75;

    // Methods with loops over lanes: of each loss, and of the library.
    private static readonly string[] InLoops =
    [
        "Probabilities3+LossKernel:", "Softmax3+LossKernel:", "Probabilities19+LossKernel:", "Softmax19+LossKernel:", "Terms3+LossKernel:", "Terms15+LossKernel:",
        "Focal5+LossKernel:", "Focal6+LossKernel:", "Focal15+LossKernel:", "Smoothed15+LossKernel:", "SquaredTerms19+LossKernel:", "ChannelsLast3+LossKernel:",
        "SoftmaxTile:", "LabelledTile:", "SoftmaxBlock", "RowSums`1", "RunLabels:", "SoftmaxCrossEntropy:OfTile", "SoftmaxFocal:OfTile",
    ];

    private const string Masked = @"zmm\d+ \{k[1-7]\}";
    private const string FusedMultiplyAdd = @"vfmadd\d+ps";

    [Fact]
    public void Three_classes_stay_in_the_registers_with_Avx512_and_add_under_masks() => Check(
        InstructionSet.Avx512,
        "Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop(
            [("vpmovzxbd zmm", 1), (@"(vpcmpeqd|vptestnmd) +k", 3), ($"vaddps +{Masked}", 3), ($"vsubps +{Masked}", 3), ($"vpaddd +{Masked}", 3)],
            MostAvx512,
            MostStackAccesses: 0));

    [Fact]
    public void Three_classes_stay_in_the_registers_with_Avx2() => Check(
        InstructionSet.Avx2,
        "Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop(
            [("vpmovzxbd ymm", 1), ("vpcmpeqd +ymm", 3), ("vandps +ymm", 3), ("vblendvps +ymm", 3), ("vaddps +ymm", 6), ("vpsubd +ymm", 3)],
            MostAvx2,
            MostStackAccesses: 0));

    [Fact]
    public void Three_classes_stay_in_the_registers_with_Avx() => Check(
        InstructionSet.Avx,
        "Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes128,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop(
            [("vpmovzx", 1), ("vpcmpeqd +xmm", 3), ("vandps +xmm", 3), ("vblendvps +xmm", 3), ("vaddps +xmm", 6), ("vpsubd +xmm", 3)],
            MostAvx,
            MostStackAccesses: 0));

    [Fact]
    public void Three_classes_spill_one_register_with_Sse() => Check(
        InstructionSet.Sse,
        "Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes128,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop(
            [("pmovzx", 1), ("pcmpeqd +xmm", 3), ("andps +xmm", 3), ("blendvps +xmm", 3), ("addps +xmm", 6), ("psubd +xmm", 3)],
            MostSse,
            MostStackAccesses: 2));

    // Three instructions more to ask for a line of each class, and two for where it is.
    [Theory]
    [InlineData("Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.FarMemory]", 3, MostAvx512 + 11)]
    [InlineData("Probabilities19+LossKernel:Add4Classes[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.FarMemory]", 4, MostOfFarGroupAvx512)]
    public void Classes_that_come_from_memory_are_asked_for_and_stay_in_the_registers_with_Avx512(string method, int classes, int most) => CheckFar(
        InstructionSet.Avx512,
        method,
        new WantedLoop([($"vaddps +{Masked}", classes), ("prefetcht0", classes)], most, MostStackAccesses: 0));

    [Fact]
    public void Three_classes_that_come_from_memory_are_asked_for_and_stay_in_the_registers_with_Avx2() => CheckFar(
        InstructionSet.Avx2,
        "Probabilities3+LossKernel:Add[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.FarMemory]",
        new WantedLoop([("vaddps +ymm", 6), ("prefetcht0", 3)], MostAvx2 + 11, MostStackAccesses: 0));

    [Fact]
    public void A_group_of_seven_classes_stays_in_the_registers_with_Avx512() => Check(
        InstructionSet.Avx512,
        "Probabilities19+LossKernel:Add7Classes[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop([("vpcmpeqd +k|vptestnmd +k", 7), ($"vaddps +{Masked}", 7), ("prefetcht0", 7)], MostOfGroupAvx512, MostStackAccesses: 0));

    // As tiles have it, and targets, sigmoids and ignored labels.
    [Fact]
    public void A_group_of_four_classes_stays_in_the_registers_with_Avx512() => Check(
        InstructionSet.Avx512,
        "Squared19+LossKernel:Add4Classes[",
        "addps",
        new WantedLoop([("vpcmpeqd +k|vptestnmd +k", 4), ($"vaddps +{Masked}", 4)], MostStackAccesses: 0));

    [Fact]
    public void A_group_of_four_classes_spills_one_register_with_Avx2() => Check(
        InstructionSet.Avx2,
        "Probabilities19+LossKernel:Add4Classes[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.NearMemory]",
        "addps",
        new WantedLoop([("vpcmpeqd +ymm", 4), ("vandps +ymm", 4), ("vaddps +ymm", 8), ("prefetcht0", 4)], MostOfGroupAvx2, MostStackAccesses: 2));

    // Three classes at once in the registers, for the loss and for the gradient. A division makes probabilities of exponentials in the loop
    // over pixels; the loop around the exponentials, for logits that cannot be taken as they are, has none.
    [Theory]
    [InlineData("Softmax3+LossKernel:Add[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.ComputedProbabilities]")]
    [InlineData("Softmax3+LossKernel:Add[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.KeptProbabilities]")]
    [InlineData("Softmax3+LossKernel:WriteGradient[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.ComputedProbabilities]")]
    public void Softmax_of_three_classes_stays_in_the_registers_with_Avx512(string method) => Check(
        InstructionSet.Avx512,
        method,
        "vdivps",
        new WantedLoop([("vdivps +zmm", 1), ("vpermps +zmm", 3), ("vscalefps +zmm", 3), ($"{FusedMultiplyAdd} +zmm", 5 * 3)], MostSpilledVectors: 0),
        isInnermost: false);

    [Theory]
    [InlineData("Softmax3+LossKernel:Add[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.ComputedProbabilities]", MostSpilledBySoftmaxAvx2)]
    [InlineData("Softmax3+LossKernel:Add[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.KeptProbabilities]", MostSpilledBySoftmaxAvx2)]
    [InlineData("Softmax3+LossKernel:WriteGradient[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.ComputedProbabilities]", 0)]
    public void Softmax_of_three_classes_spills_its_sums_and_counts_with_Avx2(string method, int mostSpilled) => Check(
        InstructionSet.Avx2,
        method,
        "vdivps",
        new WantedLoop([("vdivps +ymm", 1), ("vpermps +ymm", 3), ("vpslld +ymm", 3), ($"{FusedMultiplyAdd} +ymm", 5 * 3)], MostSpilledVectors: mostSpilled),
        isInnermost: false);

    // Where the forward pass has kept the probabilities: no exponential is left, and what asks for one is not there.
    [Theory]
    [InlineData(InstructionSet.Avx512, "Lanes512", "zmm")]
    [InlineData(InstructionSet.Avx2, "Lanes256", "ymm")]
    public void The_gradient_of_kept_probabilities_stays_in_the_registers(InstructionSet instructions, string lanes, string register) => Check(
        instructions,
        $"Softmax3+LossKernel:WriteGradient[SoftDice.Kernels.{lanes},byte,SoftDice.Kernels.KeptProbabilities]",
        "vmulps",
        new WantedLoop([($"vmulps +{register}", 3), ($"vmovups +{register}word ptr", 3)], MostOfKept, MostSpilledVectors: 0));

    // Four at once in a tile, where nothing is left in the rows and where they have a gradient that is to be written.
    [Theory]
    [InlineData("OtherRows")]
    [InlineData("GradientRows")]
    public void Exponentials_of_a_tile_stay_in_the_registers_with_Avx2(string content) => Check(
        InstructionSet.Avx2,
        $"SoftmaxTile:AddRows[SoftDice.Kernels.Lanes256,SoftDice.Kernels.FourRows,SoftDice.Kernels.SoftmaxTile+{content}]",
        "vpslld",
        new WantedLoop([("vpslld +ymm", 4), ($"{FusedMultiplyAdd} +ymm", 5 * 4)], MostSpilledVectors: 0));

    // Constants too, and each vector of logits joined from two lines.
    [Theory]
    [InlineData("OtherRows")]
    [InlineData("GradientRows")]
    public void Exponentials_of_a_tile_have_their_constants_in_registers_with_Avx512(string content) => Check(
        InstructionSet.Avx512,
        $"SoftmaxTile:AddRows[SoftDice.Kernels.Lanes512,SoftDice.Kernels.FourRows,SoftDice.Kernels.SoftmaxTile+{content}]",
        "vscalefps",
        new WantedLoop(
            [("vscalefps +zmm", 4), ("vperm[it]2ps +zmm", 4), ($@"({FusedMultiplyAdd}|vsubps) +zmm\d+, zmm\d+, zmm\d+", 7 * 4)],
            MostSpilledVectors: 0));

    // Two at once of rows, in scratch memory and where they are kept; the next two logits are loaded meanwhile.
    [Theory]
    [InlineData(InstructionSet.Avx2, "Lanes256", "ComputedProbabilities", "vpslld", "ymm")]
    [InlineData(InstructionSet.Avx2, "Lanes256", "KeptProbabilities", "vpslld", "ymm")]
    [InlineData(InstructionSet.Avx512, "Lanes512", "ComputedProbabilities", "vscalefps", "zmm")]
    [InlineData(InstructionSet.Avx512, "Lanes512", "KeptProbabilities", "vscalefps", "zmm")]
    public void Exponentials_of_rows_stay_in_the_registers(InstructionSet instructions, string lanes, string probabilities, string scaling, string register) => Check(
        instructions,
        $"SoftmaxBlock`2[SoftDice.Kernels.{lanes},SoftDice.Kernels.Lanes256]:AddExponentials[SoftDice.Kernels.{probabilities}]",
        scaling,
        new WantedLoop(
            [($"{scaling} +{register}", 2), ($"{FusedMultiplyAdd} +{register}", 5 * 2), ($@"vmovups +{register}\d+, {register}word ptr", 2)], MostSpilledVectors: 0),
        isInnermost: false);

    // Two vectors of pixels at once.
    [Theory]
    [InlineData(InstructionSet.Avx2, MostOfSlopesOnStackAvx2)]
    [InlineData(InstructionSet.Avx512, 0)]
    public void Slopes_of_a_tile_stay_in_the_registers_with_Avx512(InstructionSet instructions, int mostStackAccesses) => Check(
        instructions,
        "LabelledTile:TurnIntoSlopes[",
        FusedMultiplyAdd,
        new WantedLoop([(@"vcmp\w*ps ", 2), (FusedMultiplyAdd, 2), ("prefetch", 2)], MostStackAccesses: mostStackAccesses));

    // What is left of four rows of a tile without their labels' elements, and of the last three.
    [Theory]
    [InlineData(InstructionSet.Avx2, "Lanes256", "FourRows", 4)]
    [InlineData(InstructionSet.Avx2, "Lanes256", "ThreeRows", 3)]
    [InlineData(InstructionSet.Avx512, "Lanes512", "FourRows", 4)]
    [InlineData(InstructionSet.Avx512, "Lanes512", "ThreeRows", 3)]
    public void Rows_of_a_tile_are_a_multiplication_and_addition_each(InstructionSet instructions, string lanes, string rows, int count) => Check(
        instructions,
        $"LabelledTile:AddRows[SoftDice.Kernels.{lanes},SoftDice.Kernels.{rows}]",
        FusedMultiplyAdd,
        new WantedLoop([(FusedMultiplyAdd, count)], MostOfRows, MostStackAccesses: 0));

    // From a tile a whole line a turn.
    [Theory]
    [InlineData(InstructionSet.Avx2, "Probabilities3+LossKernel:WriteGradient[", "y", 1)]
    [InlineData(InstructionSet.Avx2, "Softmax3+LossKernel:WriteGradient[SoftDice.Kernels.Lanes256,byte,SoftDice.Kernels.ComputedProbabilities]", "y", 1)]
    [InlineData(InstructionSet.Avx2, "Tiles:Stream(", "y", 2)]
    [InlineData(InstructionSet.Avx512, "Probabilities3+LossKernel:WriteGradient[", "z", 1)]
    [InlineData(InstructionSet.Avx512, "Softmax3+LossKernel:WriteGradient[SoftDice.Kernels.Lanes512,byte,SoftDice.Kernels.ComputedProbabilities]", "z", 1)]
    [InlineData(InstructionSet.Avx512, "Tiles:Stream(", "z", 1)]
    public void A_large_gradient_can_be_written_past_the_cache(InstructionSet instructions, string method, string register, int stores) => Check(
        instructions,
        method,
        "vmovntps",
        new WantedLoop([($"vmovntps +{register}mmword ptr", stores)]));

    // As they lie in memory, three vectors of three classes: a permutation of labels for each, and none of predictions. Labels that are bytes are counted elsewhere.
    [Fact]
    public void Three_classes_side_by_side_stay_in_the_registers_with_Avx512() => Check(
        InstructionSet.Avx512,
        "ChannelsLast3+LossKernel:Add[",
        "vpermps",
        new WantedLoop(
            [("vpmovzxbd zmm", 1), ("vpermps +zmm", 3), (@"vpcmpeqd +k", 3), ($"vaddps +{Masked}", 3), ($"vsubps +{Masked}", 3), ("vpaddd ", 0)],
            MostSideBySideAvx512,
            MostStackAccesses: 0));

    // The JIT has a budget for inlining, and what exceeds it takes three times as long.
    [Theory]
    [InlineData(InstructionSet.Avx512, "Lanes512:")]
    [InlineData(InstructionSet.Avx2, "Lanes256:")]
    public void No_loop_calls_an_operation_of_its_lanes(InstructionSet instructions, string lanes)
    {
        List<CompiledMethod> methods =
            [.. Listing.Of(instructions).Where(method => InLoops.Any(name => method.Name.Contains(name, StringComparison.Ordinal)) && method.Loops.Count > 0)];

        Assert.All(InLoops, name => Assert.Contains(methods, method => method.Name.Contains(name, StringComparison.Ordinal)));
        Assert.All(methods, method => Assert.All(method.Loops, loop => Assert.Equal(0, loop.Count($@"call +.*{lanes}"))));
    }

    // Other processors are never asked far ahead, and compile no such loop.
    private static void CheckFar(InstructionSet instructions, string methodPart, WantedLoop wanted)
    {
        Assert.SkipUnless(Prefetch.IsFar(long.MaxValue), "Loops that ask far ahead are compiled by a Zen 5 or an Intel processor only.");
        Check(instructions, methodPart, "addps", wanted);
    }

    // Of the loops that have a certain instruction, at least one must be as wanted: the rarely run copy of a loop is not.
    private static void Check(InstructionSet instructions, string methodPart, string mark, WantedLoop wanted, bool isInnermost = true)
    {
        List<CompiledMethod> methods =
            [.. Listing.Of(instructions).Where(method => method.Name.Contains(methodPart, StringComparison.Ordinal))];
        List<(CompiledLoop Loop, string[] Complaints)> loops =
        [
            .. methods.SelectMany(method => isInnermost ? method.InnermostLoops : method.Loops)
                .Where(loop => loop.Count($".*{mark}") > 0)
                .Select(loop => (loop, wanted.Complaints(loop).ToArray())),
        ];
        if (loops.Exists(pair => pair.Complaints.Length == 0))
        {
            return;
        }

        IEnumerable<string> found = loops.Select(pair => $"{string.Join("; ", pair.Complaints)}:{pair.Loop}");
        Assert.Fail(
            $"With {instructions}, no loop with '{mark}' is as it should be in\n{string.Join('\n', methods.Select(method => method.Name))}\n" +
            string.Join('\n', found));
    }
}
