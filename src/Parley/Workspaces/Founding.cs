using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

public sealed record WorkspaceNamed(string Name) : EntryBody;

/// <summary>The labels that are offered first; others can be typed.</summary>
public sealed record LabelsSet(ImmutableSortedSet<string> Labels) : EntryBody;

/// <summary>Makes the workspace itself, with its first brand of the same name. Its head must have been begun.</summary>
public sealed record Found(Origin Origin, string Name, BrandId Brand) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record Rename(Origin Origin, string Name) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record SetLabels(Origin Origin, ImmutableArray<string> Labels) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

internal static class Founding
{
    public const string FirstColor = "#3457d5";

    private const int LabelsLimit = 200;
    private const int LabelLimit = 50;

    public static Decision Decide(Found command, long seq) => seq > 0
        ? new Refusal("workspace.exists", "This workspace exists already.")
        : Naming.Name(command.Name) is { } refusal
            ? refusal
            : Decision.Of(new WorkspaceNamed(command.Name.Trim()), new BrandSet(new Brand(command.Brand, command.Name.Trim(), FirstColor) { Hours = Hours.Usual }));

    public static Decision Decide(WorkspaceState state, Rename command) => Naming.Name(command.Name) is { } refusal
        ? refusal
        : command.Name.Trim() == state.Name
            ? Decision.Nothing
            : new WorkspaceNamed(command.Name.Trim());

    public static Decision Decide(WorkspaceState state, SetLabels command)
    {
        var labels = command.Labels.Select(label => label.Trim()).Where(label => label.Length > 0).ToImmutableSortedSet(StringComparer.Ordinal);
        return labels.Count > LabelsLimit || labels.Any(label => label.Length > LabelLimit || label.Any(char.IsControl))
            ? new Refusal("labels.invalid", $"At most {LabelsLimit} labels of at most {LabelLimit} characters can be offered.", 400)
            : labels.SetEquals(state.Labels)
                ? Decision.Nothing
                : new LabelsSet(labels);
    }
}
