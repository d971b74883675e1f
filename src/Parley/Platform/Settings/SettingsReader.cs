using System.Collections;
using System.Text.Json;

namespace Parley.Platform.Settings;

/// <summary>The value in force and where it came from: <c>default</c>, the file, the environment's variable, or the flag.</summary>
public sealed record SettingValue(Setting Setting, object? Value, string Source);

/// <summary>All settings with their values: built-in defaults ← <c>parley.json</c> ← environment (<c>PARLEY__STORE__URL</c>) ← flags.</summary>
public sealed class SettingsReader
{
    private const string Prefix = "PARLEY__";

    /// <summary>Settings that have another name now, and which.</summary>
    private static readonly Dictionary<string, string> Moved = new(StringComparer.OrdinalIgnoreCase) { ["mail.address"] = "server.publicUrl" };

    private readonly IReadOnlyList<SettingsSection> _sections;
    private readonly Dictionary<string, SettingValue> _values;
    private readonly Dictionary<string, string> _names;

    public SettingsReader(IEnumerable<SettingsSection> sections)
    {
        _sections = [.. sections];
        _values = _sections.SelectMany(section => section.Settings).ToDictionary(setting => setting.Key, setting => new SettingValue(setting, setting.Default, "default"));
        _names = _values.Keys.ToDictionary(key => key, key => key, StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<SettingValue> All => _sections.SelectMany(section => section.Settings).Select(setting => _values[setting.Key]);

    /// <summary>Reads a file of JSON whose objects are the sections. A file that is not there changes nothing.</summary>
    /// <exception cref="SettingWrong">The file is no JSON, or has a setting that does not exist, or a value that cannot be.</exception>
    public SettingsReader File(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return this;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException error)
        {
            throw new SettingWrong($"{path}: line {error.LineNumber + 1} is no JSON. Correct it, or remove the file to start with the defaults.");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new SettingWrong($"{path} holds no object of settings. It reads like {{ \"server\": {{ \"urls\": \"http://127.0.0.1:5080\" }} }}.");
            }

            Walk("", document.RootElement, path);
        }

        return this;
    }

    /// <summary>Takes all variables that begin with <c>PARLEY__</c>; two underscores stand for a dot.</summary>
    public SettingsReader Environment(IDictionary variables)
    {
        foreach (DictionaryEntry variable in variables)
        {
            if (variable.Key is string name && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                Set(name[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal), (string?)variable.Value ?? "", name);
            }
        }

        return this;
    }

    /// <summary>Sets one by its key. The last word is the last caller's.</summary>
    public SettingsReader Set(string key, string text, string source)
    {
        if (!_names.TryGetValue(key, out var known))
        {
            throw new SettingWrong(Moved.TryGetValue(key, out var now)
                ? $"{source}: {key} is called {now} now. Rename it there."
                : $"{source}: there is no setting {key}.{Nearest(key)} 'parley config' lists them all.");
        }

        _values[known] = _values[known] with { Value = _values[known].Setting.Read(text, source), Source = source };
        return this;
    }

    /// <summary>The section's record, filled.</summary>
    public object Section(SettingsSection section) => section.Make(section.Settings.Select(setting => _values[setting.Key].Value));

    public T Section<T>()
        where T : class => (T)Section(_sections.Single(section => section.Record == typeof(T)));

    private void Walk(string path, JsonElement element, string source)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                Walk(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, source);
            }

            return;
        }

        Set(path, element.ValueKind == JsonValueKind.Array ? string.Join(",", element.EnumerateArray().Select(item => item.ToString())) : element.ToString(), source);
    }

    private string Nearest(string key)
    {
        var best = _names.Keys.MinBy(name => Distance(name.ToLowerInvariant(), key.ToLowerInvariant()));
        return best is not null && Distance(best.ToLowerInvariant(), key.ToLowerInvariant()) <= 3 ? $" Did you mean {best}?" : "";
    }

    /// <summary>How many letters must be changed, added or taken away to make one text of the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
