using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>Rows of docs/coming-from.md with data so small that what the other library gives can be worked out on paper.</summary>
public sealed class ByHandTests
{
    /// <summary>Three classes, two pixels: through a softmax every probability is 1/3.</summary>
    private static readonly float[] Level = [0, 0, 0, 0, 0, 0];

    private static readonly byte[] Background = [0, 0];

    /// <summary>1 for class 0 and 0 for the others, at both pixels.</summary>
    private static readonly float[] Certain = [0, 0, -1e4f, -1e4f, -1e4f, -1e4f];

    /// <summary>Decisions for 0, 1, 1, 1, 2, 2, where labels are 0, 0, 1, 1, 2, 2.</summary>
    private static readonly float[] Decisions = [1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1];

    /// <summary>Targets of an image of labels 0 and 0 as kornia has them.</summary>
    private static readonly float[] OfKornia = [1, 1, 1e-6f, 1e-6f, 1e-6f, 1e-6f];

    /// <summary>
    /// Image 1: I = 2/3, 0, 0, P = 2/3 each, T = 2, 0, 0. Image 2: I = 1/3, 1/4, 0, P = 5/6, 7/12, 7/12, T = 1, 1, 0. The mean over images and classes of
    /// 1, 2 and 4 times 1 - (2·I + 1e-5) / (P + T + 1e-5).
    /// </summary>
    private const double OfUnlikeDice =
        (1 - ((4 / 3.0 + 1e-5) / (8 / 3.0 + 1e-5)) + (6 * (1 - (1e-5 / (2 / 3.0 + 1e-5)))) +
        1 - ((2 / 3.0 + 1e-5) / (11 / 6.0 + 1e-5)) + (2 * (1 - ((0.5 + 1e-5) / (19 / 12.0 + 1e-5)))) + (4 * (1 - (1e-5 / (7 / 12.0 + 1e-5))))) / 6;

    private delegate double Call(RowLoss loss);

    // Through a softmax of level logits and with all pixels of class 0: I = 2/3, 0, 0, P = 2/3 each, T = 2, 0, 0, FP = 0, 2/3, 2/3, FN = 4/3, 0, 0.
    private static readonly (string Row, Call Call, double Expected)[] Cases =
    [
        // (4/3) / (8/3 + 1e-5), and twice (2/3) / (2/3 + 1e-5), a third of it; and ln 3 more.
        ("MONAI Dice", OfLevel, 0.8333227084857),
        ("MONAI Dice and cross-entropy", OfLevel, 0.8333227084857 + 1.0986122886681),

        // The first image as above. The second has labels 0 and 1: I = 1/3, 1/3, 0, T = 1, 1, 0; 1 - (2/3 + 1e-5) / (5/3 + 1e-5) twice, and
        // 1 - 1e-5 / (2/3 + 1e-5). Together 2.1999778002682 / 3, and the mean of both images.
        ("MONAI Dice of each image", OfTwoLevel, (0.8333227084857 + 0.7333259334227) / 2),
        ("MONAI Dice and cross-entropy of each image", OfTwoLevel, ((0.8333227084857 + 0.7333259334227) / 2) + 1.0986122886681),

        // Targets of 3/4 and 1/4 of class 0 and of nothing else, I = 1/3 and T = 1: ln 3 of (3/4 + 1/4) / 2, 1 - (2/3 + 1e-5) / (5/3 + 1e-5), and twice
        // 1 - 1e-5 / (2/3 + 1e-5).
        ("MONAI Dice and cross-entropy of targets of each image", loss => loss.Forward<float>(Level, [0.75f, 0.25f, 0, 0, 0, 0], 1),
            (1.0986122886681 / 2) + ((0.5999964000216 + (2 * 0.9999850002250)) / 3)),

        // Softmaxes of 1/2, 1/4, 1/4 at the first pixel of the second image, whose labels are 1 and 0: (ln 3 of weight 1 three times, ln 4 of
        // weight 2) / 5, and not the mean of ln 3 and of (2·ln 4 + ln 3) / 3. The Dice of the images is weighted by 1, 2 and 4.
        ("MONAI weighted Dice and cross-entropy of each image", OfUnlikeWeights, ((3 * 1.0986122886681) + (2 * 1.3862943611199)) / 5 + OfUnlikeDice),
        ("MONAI Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[0], 0.4999981250070),
        ("MONAI Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[3], 0.5999964000216),
        ("MONAI Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[5], 0.9999850002250),

        // The first: all weigh 1/4, as class 0 does, 1 - (2·(1/4)·(2/3) + 1e-5) / ((1/4)·4 + 1e-5). The second: all weigh 1,
        // 1 - (2·(2/3) + 1e-5) / (4 + 1e-5).
        ("MONAI generalised Dice of each image", OfTwoLevel, (0.6666600000667 + 0.6666650000042) / 2),
        ("MONAI generalised Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[0], 0.6666600000667),
        ("MONAI generalised Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[1], 0.6666650000042),

        // Distances of 2/3 from the background and of 1/2 from the others. The example of its docstring: certain and right, 0. With labels 0 and 0,
        // 1 - 1e-5 / (4/3 + 1e-5); with 0 and 1, 1 - (1 + 1e-5) / (1 + 7/6 + 1e-5). By volume 1 - (4/9 + 1e-5) / (8/9 + 1e-5), where pixels weigh 1/3, and
        // 1 - (5/6 + 1e-5) / (17/12 + 1e-5), where they weigh 1/2.
        ("MONAI generalised Wasserstein Dice of each image", loss => loss.Forward<byte>([1000, 0, 0, 0, 1000, 0, 0, 0, 1000], [0, 1, 2], 3), 0),
        ("MONAI generalised Wasserstein Dice of each image", OfLevel, 0.9999925000562),
        ("MONAI generalised Wasserstein Dice of each image", OfTwoLevel, (0.9999925000562 + 0.5384590532654) / 2),
        ("MONAI generalised Wasserstein Dice of each image, by volume", OfTwoLevel, (0.4999943750633 + 0.4117617993283) / 2),
        ("MONAI generalised Wasserstein Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[0], 0.4999943750633),
        ("MONAI generalised Wasserstein Dice of each image, not reduced", loss => OfTwoLevelEach(loss)[1], 0.4117617993283),
        ("MONAI sum of generalised Wasserstein Dice of each image", OfTwoLevel, 0.9999925000562 + 0.5384590532654),

        // Σp² = 2/9: (2/9 + 2 - 4/3) / (2/9 + 2 + 1e-5), and twice (2/9) / (2/9 + 1e-5), a third of it.
        ("MONAI squared Dice", OfLevel, 0.7999694013526),

        // A class that is neither labelled nor predicted costs exactly 0, and the others nothing as they are met.
        ("MONAI Dice of probabilities", loss => loss.Forward<byte>([1, 0, 0, 1, 0, 0], [0, 1], 1), 0),

        // One channel, 1/2 everywhere, one of two pixels labelled: P = 1, T = 1, I = 1/2.
        ("MONAI Dice of one channel", loss => loss.Forward<byte>([0, 0], [1, 0], 1), 1 - (1.00001 / 2.00001)),

        // And ln 2 at both; with the one that is labelled three times, (3 + 1)/2 of it.
        ("MONAI Dice and cross-entropy of one channel", loss => loss.Forward<byte>([0, 0], [1, 0], 1), 1 - (1.00001 / 2.00001) + 0.6931471805599),
        // Each misses 1/2: to the power of 1.5 it is 0.35..., and the factors of both are 1/2 in the mean; cubed it is 1/8. Of three classes at
        // 1/3, (2/3)²·ln 3, by 3.
        ("MONAI Dice and weighted focal loss of one channel", loss => loss.Forward<byte>([0, 0], [1, 0], 1), (0.5 * (1 - (1.00001 / 2.00001))) + (2 * 0.3535533905933 * 0.5 * 0.6931471805599)),
        ("smp binary Dice and focal loss", loss => loss.Forward<byte>([0, 0], [1, 0], 1), 0.5 + (0.6931471805599 / 8)),
        ("MONAI Dice and focal loss of a softmax", OfLevel, 0.8333227084857 + (4.0 / 27 * 1.0986122886681)),
        ("MONAI weighted Dice and cross-entropy of one channel", loss => loss.Forward<byte>([0, 0], [1, 0], 1), 1 - (1.00001 / 2.00001) + (2 * 0.6931471805599)),

        // 1 - (2/3) / (2/3 + 4/6) = 1/2; the others have no labels and cost 0.
        ("smp Dice", OfLevel, 1.0 / 6),
        ("smp Jaccard", OfLevel, 2.0 / 9),
        ("smp binary Dice", loss => loss.Forward<byte>([3, -1, 2, 0.5f], [0, 0, 0, 0], 1), 0),

        // One class with targets of 3/4 and 1/4 and predictions of 1/2: the smaller ones are 1/2 and 1/4, P = T = 1. The others have no targets.
        ("smp Dice of soft targets", loss => loss.Forward<float>(Level, [0.75f, 0.25f, 0, 0, 0, 0], 1), 0.25 / 3),

        // Class 0: I = 3/4 + 1/4, P = 1, T = 2, so (2 + 1) / (1 + 2 + 1) = 3/4. Class 1: I = 0, P = 1/2, T = 0, so 1 / (1/2 + 1) = 2/3. Class 2:
        // nothing and nothing, 1 / 1. Together -(3/4 + 2/3 + 1) / 3.
        ("nnU-Net Dice by default", loss => loss.Forward<byte>([0.75f, 0.25f, 0.5f, 0, 0, 0], [0, 0], 1), -29.0 / 36),

        // That and an image that has nothing but class 1, half of it: (0 + 1) / (1 + 1), (2 + 1) / (1 + 2 + 1), 1 / 1.
        ("nnU-Net Dice of each image by default", loss => loss.Forward<byte>([0.75f, 0.25f, 0.5f, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0, 0], [0, 0, 1, 1], 2), -((29 / 36.0) + 0.75) / 2),

        // A class that is neither labelled nor predicted has the overlap 0 / 1e-8.
        ("nnU-Net Dice without smoothing", loss => loss.Forward<byte>(Certain, Background, 1), -1.0 / 3),

        // Without background: two classes that are predicted and not labelled, 1e-5 / (2/3 + 1e-5); and ln 3.
        ("nnU-Net Dice and cross-entropy", OfLevel, 1.0986122886681 - 0.0000149997750),

        // 1/2 everywhere: (2 + 1e-5) / (3 + 1e-5), twice 1e-5 / (1 + 1e-5); and ln 2.
        ("nnU-Net Dice and cross-entropy of regions", loss => loss.Forward<float>(Level, [1, 1, 0, 0, 0, 0], 1), 0.6931471805599 - (0.6666877775741 / 3)),

        // One pixel takes part, with 1/2 everywhere: ln 2 of each of three channels, by one pixel; (1 + 1e-5) / (3/2 + 1e-5), and twice 1e-5 / (1/2 + 1e-5).
        ("nnU-Net Dice and cross-entropy of regions of one label with ignored pixels", loss => loss.Forward<byte>(Level, [0, 255], 1),
            (3 * 0.6931471805599) - (((1.00001 / 1.50001) + (2 * 0.00001 / 0.50001)) / 3)),

        // Nothing but ignored pixels: all classes absent; 1e-5 / 1e-5 and no cross-entropy; 0 / 1e-8.
        ("smp Dice with ignored pixels", loss => loss.Forward<byte>(Level, [255, 255], 1), 0),
        ("nnU-Net Dice and cross-entropy with ignored pixels", loss => loss.Forward<byte>(Level, [255, 255], 1), -1),
        ("kornia Tversky with ignored pixels", loss => loss.Forward<byte>(Level, [255, 255], 1), 1),

        // 2·Σp·t = 2·(2/3)·(1 + 2e-6), and Σp + Σt = 2 + 2·(1 + 2e-6).
        ("kornia micro Dice", loss => loss.Forward<float>(Level, OfKornia, 1), 1 - ((4 / 3.0 * 1.000002) / (4.000004 + 1e-8))),

        // Met exactly, but for two classes that are neither predicted nor labelled, which cost 1 each.
        ("kornia macro Dice", loss => loss.Forward<float>(Certain, OfKornia, 1), 2.0 / 3),

        // The same and an image that is met nowhere, whose two predicted or labelled classes cost 1 as well: 1 + 1 + 1.
        ("kornia macro Dice", loss => loss.Forward<float>([.. Certain, .. Certain], [.. OfKornia, 1e-6f, 1e-6f, 1, 1, 1e-6f, 1e-6f], 2), ((2 / 3.0) + 1) / 2),

        // I = 2/3 of the 2 pixels: 1 - (2/3) / (2/3 + 4/3).
        ("kornia Tversky", OfLevel, 2.0 / 3),

        // The data of Keras's own example, in one heap: I = 0 + 1 + 0.4 + 0, P = 0 + 1 + 0 + 1 + 0.4 + 0 + 0 + 0.9, T = 4.
        ("Keras Dice", loss => loss.Forward<float>([0, 1, 0, 1, 0.4f, 0, 0, 0.9f], [1, 1, 0, 0, 1, 1, 0, 0], 1), 1 - (2.8 / (7.3 + 1e-7))),
        ("Keras Tversky", loss => loss.Forward<float>([0, 1, 0, 1, 0.4f, 0, 0, 0.9f], [1, 1, 0, 0, 1, 1, 0, 0], 1), 1 - (1.4 / (3.65 + 1e-7))),

        // Nothing predicted and nothing to predict.
        ("Keras Dice", loss => loss.Forward<float>([0, 0, 0, 0], [0, 0, 0, 0], 1), 1),

        // 2·1 / (1 + 2), 2·2 / (3 + 2), 2·2 / (2 + 2); of all, 2·5 / (6 + 6). All classes have as many labels, and so weigh the same.
        ("torchmetrics macro score", OfDecisions, -37.0 / 45),
        ("torchmetrics micro score", OfDecisions, -5.0 / 6),
        ("torchmetrics generalised score", OfDecisions, -5.0 / 6),

        // (4/3 + 1) / (8/3 + 1) and twice 1 / (2/3 + 1); (2/3 + 1) / (2 + 1) and the same; (2/3 + 1) / (2/3 + 0.7·4/3 + 1) and twice 1 / (0.3·2/3 + 1).
        ("SegLossOdyssey soft Dice", OfLevel, -101.0 / 165),
        ("SegLossOdyssey IoU", OfLevel, -79.0 / 135),
        ("SegLossOdyssey Tversky", OfLevel, -((25 / 39.0) + (5 / 3.0)) / 3),

        // The second image has labels 0 and 1: (2/3 + 1) / (2/3 + 1 + 1) twice, and 1 / (2/3 + 1).
        ("SegLossOdyssey soft Dice of each image", OfTwoLevel, -((101 / 165.0) + (37 / 60.0)) / 2),

        // 1 - (4/3) / (8/3), and 1 for what is predicted and not labelled; with squares 1 - (4/3) / (20/9).
        ("diceloss_cpp", OfLevel, 5.0 / 6),
        ("diceloss_cpp squared", OfLevel, 4.0 / 5),
    ];

    [Fact]
    public async Task Rows_give_what_is_worked_out_by_hand()
    {
        string[] rows = [.. Cases.Select(@case => @case.Row).Distinct()];
        using CompiledLosses losses = await CompiledLosses.Make([.. rows.Select(row => Page.Rows[row])]);
        Dictionary<string, RowLoss> byRow = rows.Select((row, i) => (row, RowLoss.Of(losses.Loss(i)))).ToDictionary();
        foreach ((string row, Call call, double expected) in Cases)
        {
            // Probabilities are floats, a few units of 6e-8 off.
            Assert.True(System.Math.Abs(call(byRow[row]) - expected) <= 4e-7, $"{row}: {call(byRow[row])} instead of {expected}");
        }

        // Every library has one.
        Assert.Empty(Page.Rows.Keys.Select(LibraryOf).Distinct().Except(rows.Select(LibraryOf)));

        // smp: an image without foreground has no gradient against false positives either.
        float[] gradient = [1, 1, 1, 1];
        byRow["smp binary Dice"].ForwardBackward<byte>([3, -1, 2, 0.5f], [0, 0, 0, 0], gradient, 1);
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    private static double OfLevel(RowLoss loss) => loss.Forward<byte>(Level, Background, 1);

    private static double OfUnlikeWeights(RowLoss loss) =>
        loss.Forward<byte>([.. Level, 0.6931471805599f, 0, 0, 0, 0, 0], [0, 0, 1, 0], 2);

    private static double OfTwoLevel(RowLoss loss) => loss.Forward<byte>([.. Level, .. Level], [0, 0, 0, 1], 2);

    private static double[] OfTwoLevelEach(RowLoss loss) => loss.Losses<byte>([.. Level, .. Level], [0, 0, 0, 1], 2);

    private static double OfDecisions(RowLoss loss) => loss.Forward<byte>(Decisions, [0, 0, 1, 1, 2, 2], 1);

    private static string LibraryOf(string row) => row.Split(' ')[0];
}
