using System.CommandLine;
using Parley.Platform.Settings;

namespace Parley.Server.Commands;

/// <summary>The flags that every command with a store has, and how they become settings.</summary>
internal sealed class Options
{
    private readonly Option<string?> _data = new("--data") { Description = "The server's folder (default: data).", HelpName = "DIR" };
    private readonly Option<string?> _store = new("--store") { Description = "A PostgreSQL connection instead of the embedded store.", HelpName = "Host=…;Database=…" };
    private readonly Option<string[]> _set = new("--set") { Description = "Any setting: --set desk.queueLimit=5000. May be repeated.", HelpName = "key=value" };
    private readonly Option<string?> _urls = new("--urls") { Description = "Addresses to listen on.", HelpName = "URL[,URL]" };

    public Options AddTo(Command command, bool listens = false)
    {
        command.Options.Add(_data);
        command.Options.Add(_store);
        if (listens)
        {
            command.Options.Add(_urls);
        }

        command.Options.Add(_set);
        return this;
    }

    /// <summary>The settings in force and the folder, which is made where it is missing.</summary>
    public (SettingsReader Settings, string Folder) Read(ParseResult parsed)
    {
        // The folder holds the file of settings, so it must be known before: by its flag, else by the environment.
        var environment = Environment.GetEnvironmentVariables();
        var folder = Path.GetFullPath(parsed.GetValue(_data) ?? new SettingsReader(ParleyHost.Sections).Environment(environment).Section<ServerSettings>().Data);
        var settings = new SettingsReader(ParleyHost.Sections).File(Path.Combine(folder, "parley.json")).Environment(environment);
        Flag(settings, "server.data", folder, "--data");
        Flag(settings, "store.url", parsed.GetValue(_store), "--store");
        Flag(settings, "server.urls", Urls(parsed), "--urls");
        foreach (var pair in parsed.GetValue(_set) ?? [])
        {
            var at = pair.IndexOf('=');
            Flag(settings, at < 0 ? throw new SettingWrong($"--set {pair}: give it as key=value.") : pair[..at], pair[(at + 1)..], "--set");
        }

        return (settings, folder);
    }

    public Launch Launch(ParseResult parsed)
    {
        var (settings, folder) = Read(parsed);
        return new Launch(settings, folder);
    }

    private string? Urls(ParseResult parsed) => parsed.GetResult(_urls) is null ? null : parsed.GetValue(_urls);

    private static void Flag(SettingsReader settings, string key, string? text, string flag)
    {
        if (text is not null)
        {
            settings.Set(key, text, flag);
        }
    }
}
