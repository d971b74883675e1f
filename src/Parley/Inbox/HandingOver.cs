using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Inbox;

/// <summary>
/// Follows the log for agents who are deactivated: what they hold and is not closed goes to the team that it belongs to, else to one of theirs that may use the inbox, else to
/// everybody. So does what is held by who may not use its inbox any more, since that was opened to other teams. What was closed and is reopened goes the
/// same way then. Its commands bear the entry's position, so doing it twice does nothing.
/// </summary>
internal sealed class HandingOver(Database database, Desk desk, Rosters rosters, TimeProvider time) : IReader
{
    /// <summary>How long it waits for the lists to come as far as the entry that it works on; then the reader begins again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    public string Name => "handover";

    public Database Store => database;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        foreach (var entry in entries)
        {
            switch (entry.Body)
            {
                case MemberSet { Member.Active: false } left:
                    await HandOver(workspace, left.Agent, entry.Position);
                    break;
                case InboxSet { Settings.Teams: not null }:
                    await Bar(workspace, new InboxId(entry.Subject.Id), entry.Position);
                    break;
                case Reopened:
                    await Reopen(workspace, entry);
                    break;
            }
        }

        return [];
    }

    public void Reached(WorkspaceId workspace, long position)
    {
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);

    private async Task HandOver(WorkspaceId workspace, AgentId agent, long position)
    {
        await Listed(workspace, position);
        var held = await database.Read(session => session.Query<(byte[] Conversation, byte[] Inbox)>(
            "select conversation, inbox from summaries where workspace = @workspace and agent = @agent and closed = 0", new { workspace = workspace.Bytes, agent = agent.Bytes }));
        foreach (var (conversation, inbox) in held)
        {
            await Give(workspace, new ConversationId(new Guid(conversation, bigEndian: true)), InboxId.From(inbox), agent, position);
        }
    }

    private async Task Reopen(WorkspaceId workspace, Entry entry)
    {
        if ((await desk.Look([entry.Subject])).TryGetValue(entry.Subject, out var found) && found.State is Conversation it)
        {
            var id = new ConversationId(entry.Subject.Id);
            if (it.Agent is { } holder)
            {
                await Give(workspace, id, it.Inbox, holder, entry.Position);
            }

            await Bar(workspace, id, it.Inbox, it.Agent, it.Team, entry.Position);
        }
    }

    /// <summary>What is open in an inbox that was opened to other teams.</summary>
    private async Task Bar(WorkspaceId workspace, InboxId inbox, long position)
    {
        await Listed(workspace, position);
        var held = await database.Read(session => session.Query<(byte[] Conversation, byte[] Agent, byte[]? Team)>(
            "select conversation, agent, team from summaries where inbox = @inbox and closed = 0", new { inbox = inbox.Bytes }));
        foreach (var (conversation, agent, team) in held)
        {
            await Bar(
                workspace, new ConversationId(new Guid(conversation, bigEndian: true)), inbox,
                agent.Length > 0 ? AgentId.From(agent) : null, team is null ? null : TeamId.From(team), position);
        }
    }

    /// <summary>Who is gone altogether is looked after by <see cref="Give"/>.</summary>
    private async Task Bar(WorkspaceId workspace, ConversationId conversation, InboxId inbox, AgentId? agent, TeamId? team, long position)
    {
        if (await rosters.Of(workspace) is not { } roster || roster.Inbox(inbox) is not { } card)
        {
            return;
        }

        var from = agent is { } holder && roster.Agent(holder) is { Active: true } && roster.AgentsOf(inbox).All(each => each.Id != holder) ? agent : null;
        var barred = team is { } queue && !card.OpenTo([queue]) ? team : null;
        if (from is not null || barred is not null)
        {
            await desk.Handle(new HandOver(new Origin(workspace, Author.System, $"bar:{position}"), conversation, from, null, barred, "inboxTeams"));
        }
    }

    /// <summary>An agent who is back by now, or was never gone, keeps theirs.</summary>
    private async Task Give(WorkspaceId workspace, ConversationId conversation, InboxId inbox, AgentId from, long position)
    {
        if (await rosters.Of(workspace) is not { } roster || roster.Agent(from) is not { Active: false } agent)
        {
            return;
        }

        TeamId? team = roster.Inbox(inbox) is { } card ? agent.Teams.Where(each => card.OpenTo([each])).Select(each => (TeamId?)each).FirstOrDefault() : null;
        await desk.Handle(new HandOver(new Origin(workspace, Author.System, $"handover:{position}"), conversation, from, team));
    }

    /// <summary>Until the lists hold everything that was said before.</summary>
    private async Task Listed(WorkspaceId workspace, long position)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(Moment))
        {
            var at = await database.Read(session => session.One<long?>(
                "select position from cursors where reader = @reader and workspace = @workspace", new { reader = SummaryReader.ReaderName, workspace = workspace.Bytes }));
            if (at >= position)
            {
                return;
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException("The lists are far behind; the reader tries again.");
            }
        }
    }
}
