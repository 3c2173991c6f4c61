namespace SoftDice;

/// <summary>What turns the predictions into probabilities, inside the loss.</summary>
public enum SoftDiceActivation
{
    /// <summary>Nothing: the predictions are probabilities.</summary>
    None,

    /// <summary>The predictions are logits; softmax over the classes of each pixel.</summary>
    Softmax,

    /// <summary>
    /// The predictions are logits; sigmoid of each. With several classes they need not exclude each other. With one class, which is
    /// then the foreground, labels are 0 (background) and 1 (foreground).
    /// </summary>
    Sigmoid,
}
