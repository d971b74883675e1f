using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What a rule of the inbox says of a conversation that begins.</summary>
public sealed record Sorted(TeamId? Team, string? Label, Priority? Priority);

/// <summary>A detailed first message finds the right people before anybody has read it.</summary>
internal static class Sorting
{
    private static readonly Author Rule = new(AuthorKind.Rule);

    /// <summary>Of the first rule that fits; null where none does.</summary>
    public static Sorted? Of(Roster roster, InboxCard inbox, Content? first, FormAnswer? form, string? page, string? language)
    {
        if (inbox.Settings.Sorting is not { IsEmpty: false } rules)
        {
            return null;
        }

        var said = string.Join('\n', (form?.Values?.Values.Select(value => value.Text ?? (value.Chosen is { } chosen ? string.Join(' ', chosen) : null)) ?? []).Prepend(first?.Text).OfType<string>());
        var path = Uri.TryCreate(page, UriKind.Absolute, out var address) ? address.AbsolutePath : null;
        return rules.FirstOrDefault(rule => rule.Fits(said, path, language)) is { } fits
            // A team that is no more, or may not use the inbox any more, gets nothing that nobody would see.
            ? new Sorted(fits.Team is { } team && roster.Teams.ContainsKey(team) && inbox.OpenTo([team]) ? team : null, fits.Label, fits.Priority is { } urgency ? Enum.Parse<Priority>($"{urgency}") : null)
            : null;
    }

    public static Decision Apply(Decision decision, Sorted? sorted)
    {
        if (sorted is null)
        {
            return decision;
        }

        var drafts = decision.Drafts.ToBuilder();
        if (sorted.Priority is { } priority and not Priority.Normal)
        {
            drafts.Add(Of(new PriorityChanged(Priority.Normal, priority)));
        }

        if (sorted.Label is { } label)
        {
            drafts.Add(Of(new Labelled(label)));
        }

        if (sorted.Team is { } team)
        {
            drafts.Add(Of(new Assigned(null, team, null, null, "rule")));
        }

        return decision with { Drafts = drafts.ToImmutable() };

        static Draft Of(EntryBody body) => new(body) { Author = Rule };
    }
}
