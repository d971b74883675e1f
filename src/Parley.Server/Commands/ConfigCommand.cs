using System.CommandLine;
using System.Globalization;

namespace Parley.Server.Commands;

/// <summary><c>parley config</c>: every setting, its value, and where the value came from.</summary>
internal static class ConfigCommand
{
    public static Command Make()
    {
        var command = new Command("config", "Lists every setting: its value, where it came from, its default, and what it does.");
        var options = new Options().AddTo(command, listens: true);
        command.SetAction(parsed => Exits.Run(() =>
        {
            var (settings, folder) = options.Read(parsed);
            Console.WriteLine("Settings come from, the later the stronger: built-in defaults, parley.json in the data folder, the environment, flags.");
            Console.WriteLine($"File: {Path.Combine(folder, "parley.json")}{(File.Exists(Path.Combine(folder, "parley.json")) ? "" : " (not there)")}");
            foreach (var (setting, value, source) in settings.All)
            {
                Console.WriteLine();
                Console.WriteLine($"{setting.Key} = {(setting.Secret && value is not null ? "(secret)" : Text(value))}    from {source}; default {Text(setting.Default)}; {setting.Kind}");
                Console.WriteLine($"    {setting.Description}");
                Console.WriteLine($"    environment: PARLEY__{setting.Key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant()}");
            }

            return Task.FromResult(Exits.Done);
        }));
        return command;
    }

    private static string Text(object? value) => value switch
    {
        null => "(none)",
        string[] list => list.Length == 0 ? "(none)" : string.Join(", ", list),
        bool yes => yes ? "true" : "false",
        Enum word => Platform.Settings.Setting.Word(word),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
