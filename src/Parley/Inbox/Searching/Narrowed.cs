using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox.Searching;

/// <summary>Holds what was found against the rest of a question: who said it, and what its conversation is now.</summary>
internal sealed class Narrowed(Database database, Rosters rosters, People people)
{
    private const string Me = "me";

    /// <summary>So many rows are looked at for each look where a question has no words.</summary>
    public const int Batch = 200;

    /// <summary>Whether a conversation fits.</summary>
    public bool Fits(SearchQuestion question, Summary row) =>
        question.Fits(row.Status, row.Details.Labels, rosters.Now(row.Workspace).Inbox(row.Inbox)?.Settings.Name ?? "");

    /// <summary>Whether somebody is whom it is asked of.</summary>
    public async ValueTask<bool> Said(SearchQuestion question, Principal who, Author author)
    {
        if (question.From.Count == 0)
        {
            return true;
        }

        var names = await Names(who.Workspace, author);
        return question.From.Any(asked => (asked.Equals(Me, StringComparison.OrdinalIgnoreCase) && author == who.Author) || (names.Count > 0 && Known.Asked(asked) is { Count: > 0 } words && Known.Fit(names, words)));
    }

    /// <summary>Conversations, where a question has no words: the newest first, each with what was said last.</summary>
    /// <param name="below">The time of the last one of the page before.</param>
    public async Task<(List<FoundText> Items, long? Next)> Rows(Principal who, SearchQuestion question, long below, int limit)
    {
        var from = Math.Min(below, question.Before?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        return await Looking.Page(
            from,
            limit,
            async (at, _) => await Newest(who.Workspace, at),
            async rows =>
            {
                var shown = new List<FoundText?>(rows.Count);
                foreach (var row in rows)
                {
                    shown.Add(ListReading.May(who, row) && row.Pile != Pile.Spam && question.Fits(row.At) && Fits(question, row) && await Spoke(question, who, row)
                        ? new FoundText(row, row.Details.LastMessage, row.At, row.Details.Preview?.Text ?? "") : null);
                }

                return shown;
            },
            row => row.At.ToUnixTimeMilliseconds(),
            Batch);
    }

    /// <summary>Whoever is asked for took part: the customer, or somebody who answered.</summary>
    private async Task<bool> Spoke(SearchQuestion question, Principal who, Summary row)
    {
        if (question.From.Count == 0)
        {
            return true;
        }

        foreach (var author in row.Details.Answered.Select(agent => new Author(AuthorKind.Agent, agent.Value)).Prepend(new Author(AuthorKind.Contact, row.Contact.Value)))
        {
            if (await Said(question, who, author))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The newest of both piles below a time, open and closed ones in one order.</summary>
    private Task<List<Summary>> Newest(WorkspaceId workspace, long at) => database.Read(async session =>
    {
        var open = await SummaryStore.Walk(session, workspace, Pile.Open, at, [], Batch);
        var closed = await SummaryStore.Walk(session, workspace, Pile.Closed, at, [], Batch);
        return open.Concat(closed).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Batch).ToList();
    });

    private async ValueTask<IReadOnlyList<string>> Names(WorkspaceId workspace, Author author) => author switch
    {
        { Kind: AuthorKind.Agent, Id: { } id } => rosters.Now(workspace).Agent(new AgentId(id)) is { } agent ? [agent.Name] : [],
        { Kind: AuthorKind.Contact, Id: { } id } => await people.Of(workspace, new ContactId(id)) is { } profile ? Known.Fields([profile]) : [],
        _ => [],
    };
}
