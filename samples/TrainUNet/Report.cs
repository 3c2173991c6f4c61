using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using SoftDice.Samples.Training;

using Spectre.Console;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>What a training has come to, as tables and pictures.</summary>
internal static class Report
{
    /// <summary>Dice of each class on held-out slices, before and after.</summary>
    public static void ShowClasses(DecisionLoss.Sums before, DecisionLoss.Sums after)
    {
        Console.WriteLine("Dice of the most probable class on held-out slices, before and after training");
        Table table = new Table().Border(TableBorder.Simple).AddColumns("Class", "Pixels", "Before", "After");
        for (int c = 0; c < TissueLoss.NumClasses; c++)
        {
            table.AddRow(Tissues.ClassNames[c], $"{after.TargetSum(c)}", $"{before.Dice(c):F4}", $"{after.Dice(c):F4}");
        }

        table.AddRow("mean", string.Empty, $"{Trainer.MeanDice(in before):F4}", $"{Trainer.MeanDice(in after):F4}");
        AnsiConsole.Write(table);
    }

    /// <summary>What both ways of writing the loss take of a step.</summary>
    public static void ShowCosts(LossProbe probe, nn.Module<Tensor, Tensor, Tensor> generated, nn.Module<Tensor, Tensor, Tensor> formulation)
    {
        Console.WriteLine($"Loss and gradient in a step, {get_num_threads()} threads");
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("Loss", "Step without optimiser, ms", "Loss and gradient, ms", "Share", "Peak beyond logits, MB", "By the logits");
        foreach (LossProbe.Times times in probe.Time(("generated", generated), ("torch", formulation)))
        {
            string[] memory = ["not measured here", string.Empty];
            if (OperatingSystem.IsLinux())
            {
                (long peak, long logits) = probe.Memory(times.Name == "generated" ? generated : formulation);
                memory = [$"{peak / 1048576.0:F1}", $"{(double)peak / logits:F2}"];
            }

            table.AddRow(
                [times.Name, $"{times.Step.TotalMilliseconds:F1}", $"{times.Loss.TotalMilliseconds:F2}", $"{times.Loss / times.Step:P1}", .. memory]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The loss epoch by epoch, with that of the other way of writing the loss if it was trained for as long, and a slice.</summary>
    public static void SavePictures(
        Settings settings, Checkpoint.History history, Checkpoint.History? other, HeadSlices slices, Trainer trainer, byte[] shownBefore)
    {
        List<(string, IReadOnlyList<double>)> lines =
        [
            ($"{settings.LossName}: training, mean of the epoch", history.Losses),
            ($"{settings.LossName}: held-out slices, after the epoch", history.HeldOutLosses),
        ];
        if (other is not null)
        {
            lines.Add(($"{settings.OtherLossName}: training, mean of the epoch", other.Losses));
        }

        string curve = Path.Combine(SampleFolders.Sample, "trainunet-loss.png");
        LossCurve.Save(curve, "Soft Dice and cross-entropy of a small U-Net", [.. lines]);
        Console.WriteLine($"Picture: {curve}");

        int z = Shown(slices);
        string picture = Path.Combine(SampleFolders.Sample, "trainunet.png");
        ClassPicture.Save(picture, slices.Head, z, Tissues.Classes(slices.Atlas, z), shownBefore, trainer.Decide(z));
        Console.WriteLine($"Picture: {picture} (held-out slice {z}: head, labels, prediction before, prediction after)");
    }

    /// <summary>The held-out slice with the most of the hardest class.</summary>
    public static int Shown(HeadSlices slices) =>
        (int)slices.HeldOut.MaxBy(z => Tissues.Classes(slices.Atlas, (int)z).Count(label => label == Tissues.DeepGreyMatter));
}
