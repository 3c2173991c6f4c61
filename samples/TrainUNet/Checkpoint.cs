using System.Collections.Generic;
using System.IO;
using System.Text.Json;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>What was learned so far: weights, the optimiser's state and the numbers of each epoch, in files of one folder.</summary>
internal sealed class Checkpoint(string folder)
{
    /// <summary>The numbers of the epochs that were done.</summary>
    /// <param name="Epochs">Number of epochs of the whole training.</param>
    /// <param name="Seed">Its seed.</param>
    /// <param name="Losses">The mean loss of the steps of each epoch.</param>
    /// <param name="HeldOutLosses">The loss of held-out slices after each.</param>
    /// <param name="HeldOutDice">Their mean Dice.</param>
    internal sealed record History(int Epochs, int Seed, List<double> Losses, List<double> HeldOutLosses, List<double> HeldOutDice);

    private string Weights => Path.Combine(folder, "weights.bin");

    private string Optimiser => Path.Combine(folder, "optimiser.bin");

    private string Numbers => Path.Combine(folder, "history.json");

    /// <summary>Writes everything.</summary>
    public void Save(UNet network, OptimizerHelper optimiser, History history)
    {
        Directory.CreateDirectory(folder);
        network.save(Weights);
        optimiser.save_state_dict(Optimiser);
        File.WriteAllText(Numbers, JsonSerializer.Serialize(history));
    }

    /// <summary>Reads the weights alone.</summary>
    public void LoadWeights(UNet network) => network.load(Weights);

    /// <summary>The numbers of the epochs, or null where there are none of such a training.</summary>
    public History? TryReadHistory(Settings settings)
    {
        History? history = File.Exists(Numbers) ? JsonSerializer.Deserialize<History>(File.ReadAllText(Numbers)) : null;
        return history?.Epochs == settings.Epochs && history.Seed == settings.Seed ? history : null;
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="FileNotFoundException">There is no checkpoint of such a training.</exception>
    public History Load(UNet network, OptimizerHelper optimiser, Settings settings)
    {
        History history = TryReadHistory(settings) ?? throw new FileNotFoundException(
            $"There is no checkpoint in {folder} of {settings.Epochs} epochs and seed {settings.Seed}; train without --resume first.");
        LoadWeights(network);
        optimiser.load_state_dict(Optimiser);
        return history;
    }
}
