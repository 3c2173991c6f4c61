using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Sums of each image: against the definition, image by image, on any number of threads, and against numbers worked by hand.</summary>
public sealed class PerSampleTests
{
    // Those of the generalised Dice loss. I, P and T of the classes, image by image:
    // 0.5 1 1, 0.75 1 2, 0 0.75 0 and 1 1.25 2, 0 1 0, 0 0.75 1.
    private static readonly float[] Predictions =
    [
        0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.5f, 0,
        0.75f, 0.25f, 0.25f, 0, 0.75f, 0.25f, 0.25f, 0, 0.5f,
    ];

    private static readonly byte[] Labels = [0, 1, 1, 0, 2, 0];

    private static readonly Dictionary<string, TrainingKernel> Kernels = new TrainingKernel[][]
    {
        TrainingTable.Widths<PerSample3, PerSample3.Sums>(AttributeOptions.Of<PerSample3>()),
        TrainingTable.Widths<PerSampleSum3, PerSampleSum3.Sums>(AttributeOptions.Of<PerSampleSum3>()),
        TrainingTable.Widths<PerSampleSkip3, PerSampleSkip3.Sums>(AttributeOptions.Of<PerSampleSkip3>()),
        TrainingTable.Widths<PerSampleForeground3, PerSampleForeground3.Sums>(AttributeOptions.Of<PerSampleForeground3>()),
        TrainingTable.Widths<PerSampleWeighted5, PerSampleWeighted5.Sums>(AttributeOptions.Of<PerSampleWeighted5>()),
        TrainingTable.Widths<PerSampleTargets5, PerSampleTargets5.Sums>(AttributeOptions.Of<PerSampleTargets5>()),
        TrainingTable.Widths<PerSample19, PerSample19.Sums>(AttributeOptions.Of<PerSample19>()),
        TrainingTable.Widths<PerSampleSquare3, PerSampleSquare3.Sums>(AttributeOptions.Of<PerSampleSquare3>()),
        TrainingTable.Widths<PerSampleSquared5, PerSampleSquared5.Sums>(AttributeOptions.Of<PerSampleSquared5>()),
        TrainingTable.Widths<PerSampleMinimum3, PerSampleMinimum3.Sums>(AttributeOptions.Of<PerSampleMinimum3>()),
    }.SelectMany(kernels => kernels).ToDictionary(kernel => kernel.Name);

    private static readonly Dictionary<string, PerSampleBatch> Batches = new PerSampleBatch[]
    {
        new PerSampleBatch<PerSample3, PerSample3.Sums>(1, 40),
        new PerSampleBatch<PerSample3, PerSample3.Sums>(7, 75),
        new PerSampleBatch<PerSampleSum3, PerSampleSum3.Sums>(6, 33),
        new PerSampleBatch<PerSampleNegative3, PerSampleNegative3.Sums>(10, 21),
        new PerSampleBatch<PerSampleSkip3, PerSampleSkip3.Sums>(10, 40),
        new PerSampleBatch<PerSampleForeground3, PerSampleForeground3.Sums>(10, 40),
        new PerSampleBatch<PerSampleWeighted5, PerSampleWeighted5.Sums>(6, 530),
        new PerSampleBatch<PerSampleTargets5, PerSampleTargets5.Sums>(6, 30),
        new PerSampleBatch<PerSampleSquare3, PerSampleSquare3.Sums>(10, 40),
        new PerSampleBatch<PerSample19, PerSample19.Sums>(3, 600),
        new PerSampleBatch<PerSampleSquared5, PerSampleSquared5.Sums>(6, 530),
        new PerSampleBatch<PerSampleMinimum3, PerSampleMinimum3.Sums>(6, 30),
        new PerSampleBatch<PerSampleIgnore3, PerSampleIgnore3.Sums>(6, 30),
        new PerSampleBatch<PerSampleFocal3, PerSampleFocal3.Sums>(7, 75),
        new PerSampleBatch<PerSampleFocalTargets5, PerSampleFocalTargets5.Sums>(6, 30),

        // Images of several parts, more images than a thread takes at a time, and more than may wait.
        new PerSampleBatch<PerSample3, PerSample3.Sums>(3, 150_007),
        new PerSampleBatch<PerSample19, PerSample19.Sums>(2, 30_011),
        new PerSampleBatch<PerSample3, PerSample3.Sums>(20_011, 5),
    }.ToDictionary(batch => batch.Name);

    public static TheoryData<string> All => [.. Kernels.Keys];

    public static TheoryData<string> Once => [.. Kernels.Values.Where(kernel => kernel.Lanes == 1).Select(kernel => kernel.Name)];

    public static TheoryData<string> Small => [.. Batches.Keys.Where(name => !name.Contains("00", StringComparison.Ordinal) && !name.Contains("011", StringComparison.Ordinal))];

    public static TheoryData<string> AllBatches => [.. Batches.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_of_an_image_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = Kernels[name];
        foreach (int pixels in new[] { 0, 1, kernel.Lanes, (2 * kernel.Lanes) + 1, 75 })
        {
            FamilyTests.CheckAgainstDefinition(kernel, 1, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name) => FamilyTests.CheckDifferences(Kernels[name]);

    [Theory]
    [MemberData(nameof(Small))]
    public void A_batch_is_its_images_one_by_one(string name) => Batches[name].AssertIsItsImages();

    [Theory]
    [MemberData(nameof(AllBatches))]
    public void Every_degree_gives_the_same_bits(string name) => Batches[name].AssertSameBits(2, 3, 7, 16, int.MaxValue);

    [Theory]
    [MemberData(nameof(AllBatches))]
    public void No_call_after_the_first_allocates(string name)
    {
        PerSampleBatch batch = Batches[name];
        long least = long.MaxValue;
        for (int call = 0; call < 12 && least > 0; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            batch.Run(1 + (call % 2));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Losses_of_MONAI_with_batch_false()
    {
        // DiceLoss, mean and sum over (B, C): (2·I + ε) / (P + T + ε) of each cell.
        double[] dice =
        [
            .. new[] { (1.0, 2.0), (1.5, 3), (0, 0.75), (2, 3.25), (0, 1), (0, 1.75) }.Select(of => (of.Item1 + 1e-5) / (of.Item2 + 1e-5)),
        ];
        Assert.Equal(dice.Average(d => 1 - d), PerSample3.Forward<byte>(Predictions, Labels, 2), 1e-15);
        Assert.Equal(dice.Sum(d => 1 - d), PerSampleSum3.Forward<byte>(Predictions, Labels, 2), 1e-14);

        // GeneralizedDiceLoss, square: Σ w·I and Σ w·(P + T) with w = 1, 1/4, 1 (infinite) and 1/4, 1 (infinite), 1.
        double first = 1 - ((1.375 + 1e-5) / (3.5 + 1e-5));
        double second = 1 - ((0.5 + 1e-5) / (3.5625 + 1e-5));
        Assert.Equal((first + second) / 2, PerSampleSquare3.Forward<byte>(Predictions, Labels, 2), 1e-15);
    }

    [Fact]
    public void Figures_that_MONAI_publishes_with_its_tests_come_out()
    {
        float[] logits = [-1, 0, 1, 1, 0, -1, 0, 0, 0, 0, 0, 0];
        byte[] labels = [1, 0, 0, 1, 1, 0];
        Assert.Equal(0.414507, PerSampleSquare2.Forward<byte>(logits, labels, 2), 5e-7);
        Assert.Equal(0.829015, PerSampleSquareSum2.Forward<byte>(logits, labels, 2), 5e-7);
    }

    [Fact]
    public void The_loss_of_nnUNet_with_batch_dice_false()
    {
        // Minus the mean over images and classes but the background of (2·I + 1) / max(P + T + 1, 1e-8).
        double expected = -((2.5 / 4) + (1 / 1.75) + (1 / 2.0) + (1 / 2.75)) / 4;
        Assert.Equal(expected, PerSampleNegative3.Forward<byte>(Predictions, Labels, 2), 1e-15);
    }

    [Fact]
    public void The_score_of_torchmetrics_by_sample_where_what_is_absent_is_not_predicted_either()
    {
        // Its predictions are classes: here those of the largest, so that 0/0 of the third class of the first image is skipped.
        float[] predictions = [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0];
        byte[] labels = [0, 1, 0, 0, 1, 2];

        // Image 1: 2·1 / (1 + 2), 2·1 / (2 + 1), none. Image 2: 2·1 / (2 + 1), 2·1 / (1 + 1), 0 / (0 + 1).
        double score = (((2 / 3.0) + (2 / 3.0)) / 2 / 2) + (((2 / 3.0) + 1 + 0) / 3 / 2);
        Assert.Equal(1 - score, PerSampleSkip3.Forward<byte>(predictions, labels, 2), 1e-15);
    }

    [Fact]
    public void An_image_without_a_class_to_count_is_one_of_loss_0()
    {
        float[] gradient = new float[18];
        double loss = PerSampleForeground3.ForwardBackward<byte>(Predictions, [0, 1, 1, 0, 0, 0], gradient, 2);
        Assert.Equal(-Math.Log((1.5 + 1e-5) / (3 + 1e-5)) / 2, loss, 1e-15);
        Assert.All(gradient[9..], slope => Assert.Equal(0, slope));
        Assert.NotEqual(0, gradient[4]);
    }

    [Fact]
    public void Tiles_of_one_image_compose()
    {
        // Both images as two tiles of one.
        PerSample3.Sums sums = default;
        PerSample3.Accumulate<byte>(ref sums, Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), 1);
        PerSample3.Accumulate<byte>(ref sums, Predictions.AsSpan(9), Labels.AsSpan(3), 1);
        Assert.Equal(OneMinus3.Forward<byte>(Predictions, Labels, 2), sums.Loss());
        float[] expected = new float[18];
        OneMinus3.ForwardBackward<byte>(Predictions, Labels, expected, 2);
        float[] gradient = new float[18];
        PerSample3.Backward<byte>(in sums, Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), gradient.AsSpan(0, 9), 1);
        PerSample3.Backward<byte>(in sums, Predictions.AsSpan(9), Labels.AsSpan(3), gradient.AsSpan(9), 1);
        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void Sums_are_of_one_image()
    {
        PerSample3.Sums sums = default;
        float[] gradient = new float[18];
        foreach (Action act in new Action[]
        {
            () => PerSample3.Accumulate<byte>(ref sums, Predictions, Labels, 2),
            () => PerSample3.Accumulate<Lanes128, byte>(ref sums, Predictions, Labels, 2),
            () => PerSample3.Backward<byte>(in sums, Predictions, Labels, gradient, 2),
            () => PerSample3.Backward<Lanes128, byte>(in sums, Predictions, Labels, gradient, 2),
        })
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.Equal("batchSize", thrown.ParamName);
            Assert.StartsWith(
                "batchSize is 2; with SumsOver = Sample, sums are those of one image, so that this takes one, or a part of one, with batchSize = 1 " +
                "and sums of its own. Forward and ForwardBackward take batches.",
                thrown.Message,
                StringComparison.Ordinal);
        }

        Assert.True(sums.Equals(default(PerSample3.Sums)));
    }

    [Fact]
    public void What_is_wrong_is_named_and_nothing_is_written()
    {
        float[] gradient = new float[18];
        byte[] wrong = [0, 1, 1, 0, 2, 3];
        foreach (int degree in new[] { 1, 2 })
        {
            string named = Assert.Throws<ArgumentOutOfRangeException>(() => OneMinus3.Forward<byte>(Predictions, wrong, 2, degree)).Message;
            Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => PerSample3.Forward<byte>(Predictions, wrong, 2, degree)).Message);
            Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(
                () => PerSample3.ForwardBackward<byte>(Predictions, wrong, gradient, 2, 1, degree)).Message);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PerSample3.Forward<byte>(Predictions, Labels, 0));
        Assert.Throws<ArgumentException>(() => PerSample3.Forward<byte>(Predictions, Labels, 4));
        Assert.Throws<ArgumentException>(() => PerSample3.ForwardBackward<byte>(Predictions, Labels, gradient.AsSpan(1), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PerSample3.Forward<byte>(Predictions, Labels, 2, 0));
        Assert.Throws<OperationCanceledException>(() => PerSample3.Forward<byte>(Predictions, Labels, 2, 1, new System.Threading.CancellationToken(true)));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void A_batch_of_nothing_has_the_loss_of_an_empty_image()
    {
        Assert.Equal(0, PerSample3.Forward<byte>([], [], int.MaxValue));
        Assert.Equal(-2, PerSampleNegative3.Forward<byte>([], [], 2) * 2);
        Assert.Equal(0, PerSampleSum3.ForwardBackward<byte>([], [], [], 5));
        Assert.Equal(-1, SoftDiceReference.Loss<byte>(AttributeOptions.Of<PerSampleNegative3>(), [], [], 2));
    }

    // They are kept in memory that the thread has from call to call.
    [Fact]
    public void Sums_begin_with_nothing_in_every_call()
    {
        double loss = PerSample3.Forward<byte>(Predictions, Labels, 2);
        Assert.Equal(loss, PerSample3.Forward<byte>(Predictions, Labels, 2));
        Assert.Equal(loss, PerSample3.ForwardBackward<byte>(Predictions, Labels, new float[18], 2));
    }

    [Fact]
    public void A_NaN_stays_in_its_image()
    {
        float[] predictions = [.. Predictions];
        predictions[13] = float.NaN;
        float[] gradient = new float[18];
        Assert.Equal(double.NaN, PerSample3.ForwardBackward<byte>(predictions, Labels, gradient, 2));
        Assert.All(gradient[..9], slope => Assert.True(float.IsFinite(slope)));
        Assert.Contains(gradient[9..], float.IsNaN);
    }
}
