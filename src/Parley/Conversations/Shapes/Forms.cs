using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations.Shapes;

/// <summary>A form in the thread.</summary>
internal static class Forms
{
    public static readonly Shape Shape = new("form", Parts.Form | Parts.Again, Flaws, Plain);

    /// <summary>What was filled in, as it stands in the thread: its text was made from the form's words.</summary>
    public static readonly Shape Response = new("formResponse", Parts.Form | Parts.Values, _ => [], content => content.Text ?? "");

    public static readonly Refusal Unknown = new("form.unknown", "The inbox has no form of this id.", 400);

    /// <summary>True where only the id is said: the inbox's form of that id is meant.</summary>
    public static bool Named(Content content) => content is { Type: "form", Form: { Id: not null, Fields: null } };

    private static IEnumerable<FieldFlaw> Flaws(Content content) => content.Form is not { } form
        ? [Forming.Missing("form")]
        : Named(content) ? [] : Forming.Flaws(form, "form");

    private static string Plain(Content content) => Shape.Lines(
        content.Text,
        content.Form?.Title?.In(content.Language),
        Shape.Numbered((content.Form?.Fields ?? []).Select(field => field.Label.In(content.Language))));
}
