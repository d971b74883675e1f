using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Platform;
using Parley.Platform.Web;

namespace Parley.Channels;

/// <summary>What a field of a channel's settings is. A <c>secret</c> is kept encrypted and never given back; what is <c>made</c> the server makes itself, and shows it once.</summary>
public enum SettingKind { Text, Url, Secret, Made, Number, Switch, Choice }

/// <summary>One of the values of a choice.</summary>
public sealed record Option(string Value, LocalText Label);

/// <summary>A field of a channel's settings: all that a screen needs to ask for it.</summary>
/// <param name="Name">Of the property of the record.</param>
public sealed record Field(string Name, SettingKind Kind, LocalText Label, LocalText? Help = null, bool Required = false)
{
    public ImmutableArray<Option>? Options { get; init; }

    /// <summary>An example that stands in the empty field.</summary>
    public string? Example { get; init; }

    /// <summary>What holds where nothing was said.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Characters of a value.</summary>
    [JsonIgnore]
    public int Longest { get; init; } = 4_000;

    [JsonIgnore]
    public bool IsSecret => Kind is SettingKind.Secret or SettingKind.Made;

    /// <summary>What is wrong with a value; null: nothing.</summary>
    internal FieldFlaw? Flaw(JsonElement? value, OpenNetwork network)
    {
        var path = $"settings.{Name}";
        if (value is not { } given || given.ValueKind == JsonValueKind.Null || (given.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(given.GetString())))
        {
            return Required && Kind != SettingKind.Made ? new(path, "required", "This is needed.") : null;
        }

        return Kind switch
        {
            SettingKind.Number => given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out _) ? null : new(path, "invalid", "That is no whole number."),
            SettingKind.Switch => given.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : new(path, "invalid", "That is on or off."),
            _ when given.ValueKind != JsonValueKind.String => new(path, "invalid", "That is no text."),
            _ when given.GetString()!.Length > Longest => new(path, "tooLong", $"At most {Longest:N0} characters."),
            SettingKind.Choice => Options?.Any(option => option.Value == given.GetString()) == true ? null : new(path, "unknown", "That cannot be chosen."),
            SettingKind.Url => network.Flaw(given.GetString()) switch
            {
                null => null,
                "private" => new(path, "private", "That address is in a private network."),
                "https" => new(path, "https", "The address begins with https://."),
                _ => new(path, "url", "That is no address."),
            },
            _ => null,
        };
    }
}
