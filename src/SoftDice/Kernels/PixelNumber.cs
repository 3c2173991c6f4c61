namespace SoftDice.Kernels;

/// <summary>What there is of each pixel where a softmax is computed row by row.</summary>
internal enum PixelNumber
{
    /// <summary>The exponential of the label's logit.</summary>
    Own,

    /// <summary>The sum of the others' exponentials, or of all.</summary>
    Sum,

    /// <summary>What makes probabilities of exponentials.</summary>
    Factor,

    /// <summary>Half of the sum, which one exponential at most is above.</summary>
    Half,

    /// <summary>The label's slope.</summary>
    OwnSlope,

    /// <summary>The slope of the class that is likelier than all others together; 0 if there is none.</summary>
    LikelySlope,

    /// <summary>The mean of the slopes less that one, weighted by the probabilities.</summary>
    Mean,

    /// <summary>The slope of the label's logit.</summary>
    OwnGradient,

    /// <summary>How many of these there are.</summary>
    Count,
}
