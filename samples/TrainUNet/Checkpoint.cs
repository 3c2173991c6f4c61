using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>What was learned so far: weights, the optimiser's state and the numbers of each epoch, in a folder of their own.</summary>
internal sealed class Checkpoint(string folder)
{
    /// <summary>The numbers of the epochs that were done.</summary>
    /// <param name="Epochs">Number of epochs of the whole training.</param>
    /// <param name="Seed">Its seed.</param>
    /// <param name="Losses">The mean loss of the steps of each epoch.</param>
    /// <param name="HeldOutLosses">The loss of held-out slices after each.</param>
    /// <param name="HeldOutDice">Their mean Dice.</param>
    internal sealed record History(int Epochs, int Seed, List<double> Losses, List<double> HeldOutLosses, List<double> HeldOutDice);

    // Names the folder of the last checkpoint that is complete.
    private string Pointer => Path.Combine(folder, "latest");

    private string Latest => Path.Combine(folder, File.ReadAllText(Pointer));

    /// <summary>
    /// Writes everything, in a new folder that counts once all of it is there: one that is interrupted leaves the checkpoint before it as it was.
    /// </summary>
    public void Save(UNet network, OptimizerHelper optimiser, History history)
    {
        string name = Path.GetRandomFileName();
        string complete = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        network.save(Weights(complete));
        optimiser.save_state_dict(Optimiser(complete));
        File.WriteAllText(Numbers(complete), JsonSerializer.Serialize(history));

        File.WriteAllText(Pointer + ".new", name);
        File.Move(Pointer + ".new", Pointer, overwrite: true);
        foreach (string other in Directory.GetDirectories(folder).Where(other => Path.GetFileName(other) != name))
        {
            Directory.Delete(other, recursive: true);
        }
    }

    /// <summary>Reads the weights alone.</summary>
    public void LoadWeights(UNet network) => network.load(Weights(Latest));

    /// <summary>The numbers of the epochs, or null where there are none of such a training.</summary>
    public History? TryReadHistory(Settings settings)
    {
        History? history = File.Exists(Pointer) ? JsonSerializer.Deserialize<History>(File.ReadAllText(Numbers(Latest))) : null;
        return history?.Epochs == settings.Epochs && history.Seed == settings.Seed ? history : null;
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="FileNotFoundException">There is no checkpoint of such a training.</exception>
    public History Load(UNet network, OptimizerHelper optimiser, Settings settings)
    {
        History history = TryReadHistory(settings) ?? throw new FileNotFoundException(
            $"There is no checkpoint in {folder} of {settings.Epochs} epochs and seed {settings.Seed}; train without --resume first.");
        LoadWeights(network);
        optimiser.load_state_dict(Optimiser(Latest));
        return history;
    }

    private static string Weights(string checkpoint) => Path.Combine(checkpoint, "weights.bin");

    private static string Optimiser(string checkpoint) => Path.Combine(checkpoint, "optimiser.bin");

    private static string Numbers(string checkpoint) => Path.Combine(checkpoint, "history.json");
}
