namespace SoftDice.Kernels;

/// <summary>What there is of each pixel where a softmax is computed row by row.</summary>
internal enum PixelNumber
{
    /// <summary>The exponential of the label's logit.</summary>
    Own,

    /// <summary>The sum of all exponentials.</summary>
    Sum,

    /// <summary>What makes probabilities of exponentials; 0 where a pixel takes no part.</summary>
    Factor,

    /// <summary>The label's slope.</summary>
    OwnSlope,

    /// <summary>The slope of the label's class where it is not the label.</summary>
    OtherSlope,

    /// <summary>The mean of the slopes, weighted by the probabilities, with the rounding errors of a sum that may cancel.</summary>
    Base,

    /// <summary>The mean of the slopes less that one, weighted by the probabilities.</summary>
    Mean,

    /// <summary>The slope of the label's logit.</summary>
    OwnGradient,

    /// <summary>How many of these there are.</summary>
    Count,
}
