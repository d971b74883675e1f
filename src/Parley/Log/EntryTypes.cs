using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Log;

/// <summary>A kind of entry: its name in the log, its record, its version, and the steps that lift older bodies to it (the step at index i lifts v = i + 1).</summary>
public sealed record EntryType(string Name, Type Record, int V = 1, params Func<JsonObject, JsonObject>[] Upcasters)
{
    /// <summary>True where the body may hold personal data: erasing a subject overwrites it.</summary>
    public bool Erasable { get; init; }

    public static EntryType Of<T>(string name, bool erasable = false)
        where T : EntryBody => new(name, typeof(T)) { Erasable = erasable };
}

/// <summary>All kinds of entries of all subjects; the closed union of what the log can say.</summary>
public sealed class EntryTypes
{
    private readonly Dictionary<string, EntryType> _byName;
    private readonly Dictionary<Type, EntryType> _byRecord;

    public EntryTypes(IEnumerable<EntryType> types)
    {
        All = [.. types];
        _byName = All.ToDictionary(type => type.Name);
        _byRecord = All.ToDictionary(type => type.Record);
        foreach (var type in All.Where(type => type.Upcasters.Length != type.V - 1))
        {
            throw new ArgumentException($"Entry type {type.Name} is at version {type.V} and has {type.Upcasters.Length} upcasters.");
        }
    }

    public IReadOnlyList<EntryType> All { get; }

    /// <summary>The names of the types that may hold personal data.</summary>
    public string[] Erasable => field ??= [.. All.Where(type => type.Erasable).Select(type => type.Name)];

    public EntryType Of(EntryBody body) => _byRecord[body.GetType()];

    /// <summary>Reads a stored body, lifting it to the version of today. What is unknown or overwritten stays readable as such.</summary>
    public EntryBody Read(string name, int v, string json)
    {
        if (json.StartsWith("{\"redacted\":", StringComparison.Ordinal))
        {
            return JsonSerializer.Deserialize<RedactedBody>(json, Platform.Json.Options)!;
        }

        if (!_byName.TryGetValue(name, out var type) || v > type.V)
        {
            return new UnknownBody(JsonSerializer.Deserialize<JsonElement>(json));
        }

        if (v == type.V)
        {
            return (EntryBody)JsonSerializer.Deserialize(json, type.Record, Platform.Json.Options)!;
        }

        var lifted = type.Upcasters.Skip(v - 1).Aggregate(JsonNode.Parse(json)!.AsObject(), (body, step) => step(body));
        return (EntryBody)lifted.Deserialize(type.Record, Platform.Json.Options)!;
    }
}
