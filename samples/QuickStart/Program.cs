using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

using SoftDice;
using SoftDice.Samples;
using SoftDice.Samples.QuickStart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The notebook's inputs: two squares as ground truth, softmax of uniform noise as prediction.
byte[] groundTruth = Notebook.GroundTruth();
float[] prediction = Notebook.Prediction(new SystemConfig());

// The loss. The first call includes the time in which the JIT makes machine code of it.
long start = Stopwatch.GetTimestamp();
double loss = TissueLoss.Forward(prediction, groundTruth, Notebook.BatchSize);
TimeSpan firstCall = Stopwatch.GetElapsedTime(start);

// The same definition as plain loops over doubles. The notebook added up in float, and so missed the nearest float by one.
double exact = SoftDiceReference.Loss(
    new SoftDiceOptions(TissueLoss.NumClasses), prediction, groundTruth, Notebook.BatchSize);

Console.WriteLine($"Loss: {loss:G17}");
Console.WriteLine($"  in float64 throughout:      {exact:G17}, difference {loss - exact:E2}");
Console.WriteLine($"  as the notebook printed it: {Notebook.PrintedLoss:G17}, difference {loss - Notebook.PrintedLoss:E2}");
Console.WriteLine($"  rounded to float:           {(double)(float)loss:G17}");

// The sums that the loss is made of say how each class did.
TissueLoss.Sums sums = default;
TissueLoss.Accumulate(ref sums, prediction, groundTruth, Notebook.BatchSize);
for (int c = 0; c < TissueLoss.NumClasses; c++)
{
    Console.WriteLine($"Dice of class {c}: {sums.Dice(c):F6} ({sums.TargetSum(c)} pixels)");
}

// What a call costs.
TimeSpan warmCall = MedianTime(calls: 1001);
long before = GC.GetAllocatedBytesForCurrentThread();
TissueLoss.Forward(prediction, groundTruth, Notebook.BatchSize);
long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine($"First call: {firstCall.TotalMilliseconds:F2} ms, with JIT");
Console.WriteLine($"Warm call:  {warmCall.TotalMicroseconds:F1} us (median)");
Console.WriteLine($"Allocated by a warm call: {allocated} bytes");

string picture = Path.Combine(SampleFolders.Sample, "quickstart.png");
Picture.Save(picture, groundTruth, prediction);
Console.WriteLine($"Picture: {picture} (left: ground truth, right: prediction)");

// The code that ran, to be read.
if (SampleFolders.FindGeneratedFile(typeof(TissueLoss)) is { } generatedFile)
{
    const int Lines = 14;
    Console.WriteLine($"Generated source: {generatedFile}");
    Console.WriteLine(string.Join(Environment.NewLine, File.ReadLines(generatedFile).Take(Lines).Select(line => $"  | {line}")));
}
else
{
    Console.WriteLine(
        "Generated source: not in the folder Generated of this sample. It is written there when the sample is compiled: " +
        "dotnet build --no-incremental samples/QuickStart");
}

TimeSpan MedianTime(int calls)
{
    TimeSpan[] times = new TimeSpan[calls];
    for (int i = 0; i < calls; i++)
    {
        long callStart = Stopwatch.GetTimestamp();
        TissueLoss.Forward(prediction, groundTruth, Notebook.BatchSize);
        times[i] = Stopwatch.GetElapsedTime(callStart);
    }

    Array.Sort(times);
    return times[calls / 2];
}
