using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;
using Parley.Writing.Replies;
using Found = Parley.Conversations.Found;

namespace Parley.Writing.Macros;

/// <summary>What one action comes to in a conversation: the wish, or why it cannot be wished.</summary>
/// <param name="Text">What would be said.</param>
/// <param name="Name">To whom it would be given; which reply it is.</param>
internal sealed record Doable(MacroAction Action, ConversationCommand? Wish, string? Text = null, string? Name = null, FieldFlaw? Flaw = null);

/// <summary>What a macro would do in a conversation, action by action: for looking at it, and for doing it.</summary>
internal sealed class Doing(Door door, Rosters rosters, Moments moments, Rendering rendering, Database database, TimeProvider time)
{
    public async Task<ImmutableArray<Doable>> Of(Principal who, Found found, Origin origin, Macro macro)
    {
        var all = ImmutableArray.CreateBuilder<Doable>();
        foreach (var (index, action) in macro.Actions.Index())
        {
            all.Add(await Of(who, found, origin, action, $"actions[{index}]"));
        }

        return all.ToImmutable();
    }

    private async Task<Doable> Of(Principal who, Found found, Origin origin, MacroAction action, string place)
    {
        var (id, roster) = (found.Id, rosters.Now(who.Workspace));
        return action switch
        {
            { Reply: { } reply } => await Says(who, found, origin, action, reply, place),
            { Label: { } label } => roster.Labels.Contains(label) ? new(action, new Label(origin, id, label)) : Gone(action, $"{place}.label", "label"),
            { Unlabel: { } label } => new(action, new Unlabel(origin, id, label)),
            { Agent: { } agent } => await Given(who, found, new Assign(origin, id, agent, null), roster.Agent(agent)?.Name, door.Threads.AgentMay(who.Workspace, found.State.Inbox, agent) ? null : Gone(action, $"{place}.agent", "agent"), action),
            { Team: { } team } => await Given(who, found, new Assign(origin, id, null, team), roster.Teams.GetValueOrDefault(team)?.Name, door.Threads.TeamMay(who.Workspace, found.State.Inbox, team) ? null : Gone(action, $"{place}.team", "team"), action),
            { SnoozeMinutes: { } minutes } => new(action, new Snooze(origin, id, time.GetUtcNow().AddMinutes(minutes))),
            { Priority: { } priority } => new(action, new SetPriority(origin, id, priority)),
            _ => new(action, new Close(origin, id, await door.RatingAsk(who.Workspace, found)) { Moment = await moments.OfAnswer(who, found.State) }),
        };
    }

    private async Task<Doable> Says(Principal who, Found found, Origin origin, MacroAction action, ReplyId id, string place)
    {
        if (await database.Read(session => ReplyStore.Find(session, who.Workspace, id)) is not { } reply || !Rights.Sees(who, rosters, reply.Team))
        {
            return Gone(action, $"{place}.reply", "reply");
        }

        var said = await rendering.Say(who, found, reply);
        var post = new Post(origin, found.Id, new Content("text", said.Text, said.Format), door.Threads.Terms(who.Workspace, found.State.Inbox)) { Moment = await moments.OfAnswer(who, found.State) };
        return new(action, post, said.Text, reply.Name);
    }

    private async Task<Doable> Given(Principal who, Found found, Assign assign, string? name, Doable? gone, MacroAction action) =>
        gone ?? new(action, assign with { Moment = await moments.Of(who.Workspace, found.Id, found.State, assign.Agent) }, Name: name);

    private static Doable Gone(MacroAction action, string place, string what) => new(action, null, Flaw: new FieldFlaw(place, "unknown", $"There is no such {what} any more, or not for this inbox."));
}
