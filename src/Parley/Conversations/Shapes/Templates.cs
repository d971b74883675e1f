using System.Collections.Immutable;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations.Shapes;

/// <summary>A prepared text of a channel, and what was filled in.</summary>
/// <param name="Values">In the order of its numbered places.</param>
public sealed record TemplateUse(string Name, string Language, ImmutableArray<string> Values);

/// <summary>
/// A text that a provider has approved beforehand, which goes also where nothing else does any more. Only the server makes one, from what its channel has: <see cref="Content.Text"/> is
/// what the customer reads.
/// </summary>
internal static class Templates
{
    public static readonly Shape Shape = new("template", Parts.Template, Flaws, content => content.Text ?? "");

    private static IEnumerable<FieldFlaw> Flaws(Content content) => content.Template is null ? [Forming.Missing("template")] : Shape.Asked(content);
}
