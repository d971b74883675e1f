using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>What a form may ask. Each flaw names the field that has it.</summary>
public static partial class Forming
{
    public const int FieldsLimit = 30;
    public const int OptionsLimit = 100;
    public const int LabelLimit = 200;
    public const int ValueLimit = 5_000;
    public const int IdLimit = 64;
    private const int LanguagesLimit = 50;

    public static IEnumerable<FieldFlaw> Flaws(Form form, string path)
    {
        var fields = form.Fields ?? [];
        if (form.Id is { } id && !Id().IsMatch(id))
        {
            yield return BadId($"{path}.id");
        }

        if (fields.Length is 0 or > FieldsLimit)
        {
            yield return new($"{path}.fields", fields.Length == 0 ? "required" : "tooMany", $"A form has between one and {FieldsLimit} fields.");
        }

        foreach (var flaw in Texts(form.Title, $"{path}.title").Concat(Texts(form.Submit, $"{path}.submit")).Concat(Twice(fields.Select(field => field.Name), $"{path}.fields", "name")))
        {
            yield return flaw;
        }

        foreach (var flaw in fields.Take(FieldsLimit).SelectMany((field, i) => Flaws(field, $"{path}.fields[{i}]")))
        {
            yield return flaw;
        }
    }

    /// <summary>The forms that an inbox keeps: each with an id and a name of its own.</summary>
    public static IEnumerable<FieldFlaw> Flaws(ImmutableArray<Form> forms) => forms
        .SelectMany((form, i) => Flaws(form, $"forms[{i}]")
            .Concat(form.Id is null ? [Missing($"forms[{i}].id")] : [])
            .Concat(Naming.Name(form.Name ?? "") is { } flaw ? [new FieldFlaw($"forms[{i}].name", flaw.Code[(flaw.Code.LastIndexOf('.') + 1)..] is "empty" ? "required" : "tooLong", flaw.Detail)] : []))
        .Concat(Twice(forms.Select(form => form.Id), "forms", "id"));

    /// <summary>True for what may stand as the id of something that can be chosen.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    public static FieldFlaw BadId(string path) => new(path, "invalid", $"An id has between one and {IdLimit} letters, digits, - and _.");

    public static FieldFlaw Missing(string path) => new(path, "required", "The value is missing.");

    public static IEnumerable<FieldFlaw> Texts(LocalText? text, string path, int limit = LabelLimit)
    {
        foreach (var (language, words) in text?.Texts ?? [])
        {
            var at = language.Length == 0 ? path : $"{path}.{language}";
            if (language.Length > 0 && !Wording.IsLanguage(language))
            {
                yield return new(path, "language", "Languages are written like en or pt-BR.");
            }
            else if (string.IsNullOrWhiteSpace(words))
            {
                yield return Missing(at);
            }
            else if (Words.Exceed(words, limit))
            {
                yield return TooLong(at, limit);
            }
        }

        if (text?.Texts.Length > LanguagesLimit)
        {
            yield return new(path, "tooMany", $"A text stands in at most {LanguagesLimit} languages.");
        }
    }

    public static FieldFlaw TooLong(string path, int limit) => new(path, "tooLong", $"At most {limit} characters.");

    /// <summary>What is named twice.</summary>
    public static IEnumerable<FieldFlaw> Twice(IEnumerable<string?> names, string path, string member)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return names.Index().Where(pair => pair.Item is { } name && !known.Add(name)).Select(pair => new FieldFlaw($"{path}[{pair.Index}].{member}", "twice", "Each stands for itself: this one is there already."));
    }

    private static IEnumerable<FieldFlaw> Flaws(Field field, string path)
    {
        if (!Name().IsMatch(field.Name) || field.Name == "id")
        {
            // A value under "id" could be taken for a file's.
            yield return new($"{path}.name", "invalid", $"A field's name begins with a letter and has at most {IdLimit} letters, digits, - and _; it is not \"id\".");
        }

        if (Known(field.Name) is { } type && field.Type != type)
        {
            yield return new($"{path}.type", "invalid", $"A field named {field.Name} is what the person says of themselves: its type is {type.ToString().ToLowerInvariant()}.");
        }

        foreach (var flaw in Texts(field.Label, $"{path}.label").Concat(Texts(field.Hint, $"{path}.hint")).Concat(Bounds(field, path)).Concat(Options(field, path)))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<FieldFlaw> Bounds(Field field, string path)
    {
        var typed = field.Type is FieldType.Text or FieldType.LongText or FieldType.Email or FieldType.Phone;
        if (field.MaxLength is { } length && (!typed || length is < 1 or > ValueLimit))
        {
            yield return new($"{path}.maxLength", "invalid", $"maxLength is between 1 and {ValueLimit}, for text that is typed.");
        }

        if ((field.Min is not null || field.Max is not null) && field.Type != FieldType.Number)
        {
            yield return new(field.Min is not null ? $"{path}.min" : $"{path}.max", "invalid", "min and max are for numbers.");
        }

        if (field.Min > field.Max)
        {
            yield return new($"{path}.max", "invalid", "max is not less than min.");
        }
    }

    private static IEnumerable<FieldFlaw> Options(Field field, string path)
    {
        var options = field.Options ?? [];
        var chosen = field.Type is FieldType.Choice or FieldType.Choices;
        if (chosen ? options.Length is 0 or > OptionsLimit : options.Length > 0)
        {
            yield return new($"{path}.options", options.Length == 0 ? "required" : chosen ? "tooMany" : "invalid", $"A choice has between one and {OptionsLimit} options; nothing else has any.");
            yield break;
        }

        for (var i = 0; i < options.Length; i++)
        {
            if (!Id().IsMatch(options[i].Id))
            {
                yield return BadId($"{path}.options[{i}].id");
            }

            foreach (var flaw in Texts(options[i].Label, $"{path}.options[{i}].label"))
            {
                yield return flaw;
            }
        }

        foreach (var flaw in Twice(options.Select(option => option.Id), $"{path}.options", "id"))
        {
            yield return flaw;
        }
    }

    private static FieldType? Known(string name) => name switch
    {
        "name" => FieldType.Text,
        "email" => FieldType.Email,
        "phone" => FieldType.Phone,
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex Name();
}
