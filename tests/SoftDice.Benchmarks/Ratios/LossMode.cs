namespace SoftDice.Benchmarks.Ratios;

/// <summary>The four ways of calling a loss, and what memory traffic each cannot do without.</summary>
internal sealed class LossMode
{
    public static readonly LossMode ForwardProbabilities = new("forward-probabilities", fromLogits: false, withGradient: false, 1, 1);
    public static readonly LossMode ForwardLogits = new("forward-logits", fromLogits: true, withGradient: false, 1, 1);

    /// <summary>The gradient with respect to a probability depends on its label and not on the probability.</summary>
    public static readonly LossMode ForwardBackwardProbabilities =
        new("forward-backward-probabilities", fromLogits: false, withGradient: true, 1, 2);

    public static readonly LossMode ForwardBackwardLogits = new("forward-backward-logits", fromLogits: true, withGradient: true, 2, 2);

    private LossMode(string name, bool fromLogits, bool withGradient, int predictionReads, int labelReads)
    {
        Name = name;
        FromLogits = fromLogits;
        WithGradient = withGradient;
        PredictionReads = predictionReads;
        LabelReads = labelReads;
    }

    public string Name { get; }

    /// <summary>Predictions are logits, with a softmax over the classes in the loss.</summary>
    public bool FromLogits { get; }

    /// <summary>The gradient is written, once.</summary>
    public bool WithGradient { get; }

    /// <summary>How often the predictions must be read.</summary>
    public int PredictionReads { get; }

    /// <summary>How often the labels must be read.</summary>
    public int LabelReads { get; }
}
