using System.Collections.Immutable;
using Parley.Platform;

namespace Parley.Workspaces;

public enum FieldType { Text, LongText, Email, Phone, Number, Date, Choice, Choices, Consent }

/// <summary>One of the answers that a <c>choice</c> or <c>choices</c> field allows.</summary>
public sealed record FieldOption(string Id, LocalText Label);

/// <summary>One question of a form.</summary>
/// <param name="Name">Under which its value is sent. <c>name</c>, <c>email</c> and <c>phone</c> are also what the person says of themselves.</param>
/// <param name="Min">The least number; with <paramref name="Max"/> only where <paramref name="Type"/> is <c>number</c>.</param>
/// <param name="MaxLength">In characters, where the value is typed text.</param>
public sealed record Field(
    string Name,
    FieldType Type,
    LocalText Label,
    LocalText? Hint = null,
    bool? Required = null,
    double? Min = null,
    double? Max = null,
    int? MaxLength = null,
    ImmutableArray<FieldOption>? Options = null);

/// <summary>Questions asked together: before the chat, in the thread, while nobody is there. The same shape everywhere.</summary>
/// <param name="Id">Names it within its inbox.</param>
/// <param name="Name">What colleagues call it; not shown to customers.</param>
/// <param name="Submit">What stands on the button.</param>
/// <param name="Fields">Null where only the id is said: then the inbox's form of that id is meant.</param>
public sealed record Form(string? Id = null, string? Name = null, LocalText? Title = null, LocalText? Submit = null, ImmutableArray<Field>? Fields = null)
{
    /// <summary>As customers see it.</summary>
    public Form Shown() => this with { Name = null };

    public Form Cleaned() => this with
    {
        Name = Name is null ? null : Words.Clean(Name).Trim(),
        Title = Title?.Cleaned(),
        Submit = Submit?.Cleaned(),
        Fields = Fields is { } fields ? [.. fields.Select(Cleaned)] : null,
    };

    private static Field Cleaned(Field field) => field with
    {
        Label = field.Label.Cleaned(),
        Hint = field.Hint?.Cleaned(),
        Options = field.Options is { } options ? [.. options.Select(option => option with { Label = option.Label.Cleaned() })] : null,
    };
}
