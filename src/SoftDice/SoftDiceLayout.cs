namespace SoftDice;

/// <summary>How the predictions of an image, its gradient and targets of their shape lie in memory.</summary>
public enum SoftDiceLayout
{
    /// <summary>A plane a class: (batch, class, pixels), as in PyTorch.</summary>
    ChannelsFirst,

    /// <summary>The classes of a pixel side by side: (batch, pixels, class), as in TensorFlow and Keras.</summary>
    ChannelsLast,
}
