using System;
using System.Globalization;

namespace SoftDice.Samples.TrainUNet;

/// <summary>What the command line asks for.</summary>
/// <param name="UsesFormulation">Whether the loss is the tensor formulation instead of the generated one.</param>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="Seed">What all random numbers come from.</param>
/// <param name="Resumes">Whether training goes on from its checkpoint.</param>
internal sealed record Settings(bool UsesFormulation, int Epochs, int Seed, bool Resumes)
{
    public const string Help =
        """
        dotnet run --project samples/TrainUNet -- [--short] [--epochs N] [--seed N] [--loss generated|torch] [--resume]

          --short     25 epochs instead of 150
          --epochs N  another number of epochs
          --seed N    another seed than 42
          --loss      generated: the module of the generated loss (the default); torch: the same loss written with tensors
          --resume    goes on from the checkpoint of the same loss, seed and number of epochs
        """;

    private const int ShortEpochs = 25;

    /// <summary>The name of the loss, for files and output.</summary>
    public string LossName => UsesFormulation ? "torch" : "generated";

    /// <summary>The name of the loss that is not trained with.</summary>
    public string OtherLossName => UsesFormulation ? "generated" : "torch";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">There is something in it that is not known.</exception>
    public static Settings Parse(string[] arguments)
    {
        Settings settings = new(UsesFormulation: false, Epochs: 150, Seed: 42, Resumes: false);
        for (int i = 0; i < arguments.Length; i++)
        {
            settings = arguments[i] switch
            {
                "--short" => settings with { Epochs = ShortEpochs },
                "--resume" => settings with { Resumes = true },
                "--epochs" => settings with { Epochs = Number(1) },
                "--seed" => settings with { Seed = Number(0) },
                "--loss" => settings with
                {
                    UsesFormulation = Value() switch
                    {
                        "generated" => false,
                        "torch" => true,
                        string other => throw new FormatException($"--loss is generated or torch, not {other}."),
                    },
                },
                string other => throw new FormatException($"{other} is no option."),
            };

            string Value() => ++i < arguments.Length ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value.");

            int Number(int least) => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
                ? number
                : throw new FormatException($"{arguments[i - 1]} needs a number from {least} on, not {arguments[i]}.");
        }

        return settings;
    }
}
