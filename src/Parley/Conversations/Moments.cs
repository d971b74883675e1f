using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Says when an agent typed last in a conversation. Whoever passes on that somebody types tells it.</summary>
public interface ITyping
{
    DateTimeOffset? Last(ConversationId conversation, AgentId agent);
}

/// <summary>
/// Collects what is true around a conversation, from what is in memory already. Only what the command can need is looked at: an agent's answer asks
/// neither for the hours nor for the staffing.
/// </summary>
public sealed class Moments(Rosters rosters, IPresence presence, IFloor floor, ITyping typing, ILearning learning, People people, IMailing mailing, TimeProvider time)
{
    /// <summary>Longer after the last word it does not matter whether the customer is here.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    private readonly DateTimeOffset _up = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Of a customer who begins.</summary>
    public async ValueTask<Moment> Of(VisitorPrincipal who, InboxCard inbox)
    {
        var (person, moment) = (await people.Of(who.Workspace, who.Person), Around(rosters.Now(who.Workspace), inbox));
        return Learned(who.Workspace, inbox, null, moment with
        {
            Telling = moment.Telling.By(person?.Zone(who.Device)),
            Addressed = moment.Mails && person?.Mailbox is not null,
            Contact = presence.Of(who.Workspace, who.Person, inbox.Settings.Policy.OneDevice ? who.Device : null, Grace(inbox.Settings.Policy)),
            Floor = floor.Of(who.Workspace, inbox.Id),
            Device = who.Device,
        });
    }

    /// <summary>Of a customer's word in a conversation.</summary>
    public async ValueTask<Moment> Of(VisitorPrincipal who, ConversationId id, Conversation it)
    {
        var roster = rosters.Now(who.Workspace);
        if (roster.Inbox(it.Inbox) is not { } inbox)
        {
            return Moment.Unknown;
        }

        var moment = Around(roster, inbox) with
        {
            Contact = presence.Of(who.Workspace, who.Person, it.Device, Grace(it.Policy)),
            Agent = it.Agent is { } agent ? presence.Of(who.Workspace, agent, AgentGrace(it)) : default,
            Full = it.Agent is { } owner && Full(who.Workspace, owner, it),
            Over = it is { Agent: { } holder, Mode: Mode.Messaging or Mode.Dormant } && !floor.Owes(who.Workspace, holder, id),
            Back = Back(roster, it),
            Home = Home(roster, inbox, it),
            Floor = floor.Of(who.Workspace, it.Inbox),
            Device = who.Device,
            Addressed = await Addressed(who.Workspace, inbox, id, it),
        };
        // A word where they talk, or where one is promised already, promises nothing.
        return it is { Mode: Mode.Live or Mode.Paused } or { Promise: not null } ? moment : Learned(who.Workspace, inbox, it, await Heard(moment, who.Workspace, it, who.Device));
    }

    /// <summary>Of an agent's word, or a program's. Whether the customer is here matters only where they have just spoken.</summary>
    public ValueTask<Moment> OfAnswer(Principal who, Conversation it) => OfAnswer(who.Workspace, (who as AgentPrincipal)?.Agent, it);

    /// <param name="agent">Who says it; null: a program.</param>
    public async ValueTask<Moment> OfAnswer(WorkspaceId workspace, AgentId? agent, Conversation it)
    {
        var roster = rosters.Now(workspace);
        return roster.Inbox(it.Inbox) is not { } inbox ? Moment.Unknown : new Moment
        {
            Contact = it is { Mode: Mode.Messaging, SaidAt: { } said } && time.GetUtcNow() - said < Recent ? await Here(workspace, it) : default,
            Agent = agent is { } writer ? presence.Of(workspace, writer, AgentGrace(it)) : default,
            Full = agent is { } holder && Full(workspace, holder, it),
            Telling = Telling.Of(roster, inbox.Settings),
            Hours = it.Promise is null ? Calendar.Always : roster.CalendarOf(inbox.Id),
            AsksRating = inbox.Settings.Rating == true,
            Up = _up,
            Terms = it.Mode is Mode.Messaging or Mode.Dormant ? Terms.Of(inbox.Settings) : null,
        };
    }

    /// <summary>Of anything else that moves a conversation.</summary>
    /// <param name="agent">Whom it concerns; null: who holds it.</param>
    public async ValueTask<Moment> Of(WorkspaceId workspace, ConversationId id, Conversation it, AgentId? agent = null)
    {
        if (await rosters.Of(workspace) is not { } roster || roster.Inbox(it.Inbox) is not { } inbox)
        {
            return Moment.Unknown;
        }

        return Learned(workspace, inbox, it, await Heard(Around(roster, inbox), workspace, it, it.Device) with
        {
            Contact = await Here(workspace, it),
            Agent = (agent ?? it.Agent) is { } concerned ? presence.Of(workspace, concerned, AgentGrace(it)) : default,
            Addressed = await Addressed(workspace, inbox, id, it),
            Typed = it is { Session: not null, Agent: { } typist } ? typing.Last(id, typist) : null,
            Floor = floor.Of(workspace, it.Inbox),
            Back = it is { Promise: not null, Session: null } ? Back(roster, it) : null,
            Home = Home(roster, inbox, it),
        });
    }

    /// <summary>How long an answer takes, asked only where one may be promised: nothing was, or what was is to be renewed.</summary>
    private Moment Learned(WorkspaceId workspace, InboxCard inbox, Conversation? it, Moment moment)
    {
        if (inbox.Settings.Policy.Promise.Kind != PromiseKind.Learned || it?.Promise is { Broken: true } or { First: not null })
        {
            return moment;
        }

        return moment with
        {
            Ahead = learning.Ahead(workspace, inbox.Id),
            Learned = learning.Of(workspace, inbox.Id, AnswerTime.Alike(moment.Open, moment.Floor), it?.Promise?.Made),
            LearnedInQueue = it is not { Mode: Mode.Waiting, Promise: null } ? null
                : moment.Floor.High is { } pace ? learning.Of(workspace, inbox.Id, Like.Paced, pace: pace)
                : learning.Of(workspace, inbox.Id, Like.Queue),
        };
    }

    /// <summary>When the agent who has it is at work again, where they said that they are not here, or are not and their team is not at work: at the next time that its hours begin.</summary>
    private DateTimeOffset? Back(Roster roster, Conversation it)
    {
        if (it.Agent is not { } id || roster.Agent(id) is not { } agent)
        {
            return null;
        }

        var (shifts, now) = (roster.ShiftsOf(agent, it.Inbox), time.GetUtcNow());
        var over = !shifts.IsEmpty && !shifts.Any(hours => hours.IsOpen(now)) && !presence.Present(roster.Id, id);
        var back = agent.Chair != Chair.Offline && !over ? null : shifts.IsEmpty ? Begins(roster.CalendarOf(it.Inbox)) : shifts.Min(Begins);
        // Of who said that they are gone, and not until when, nobody can say that they are back in time.
        return back ?? (agent.Chair == Chair.Offline ? DateTimeOffset.MaxValue : null);

        DateTimeOffset? Begins(Calendar hours) => !hours.IsOpen(now) ? hours.NextOpening(now) : hours.Turns(now) is { } closes ? hours.NextOpening(closes) : null;
    }

    private static TeamId? Home(Roster roster, InboxCard inbox, Conversation it) =>
        it.Team is null && it.Agent is { } holder ? roster.Agent(holder)?.Teams.Where(team => inbox.OpenTo([team])).Select(team => (TeamId?)team).FirstOrDefault() : null;

    /// <summary>What they have of this conversation itself does not count.</summary>
    private bool Full(WorkspaceId workspace, AgentId agent, Conversation it) => floor.Spare(workspace, agent) + (it.Agent == agent && it.WaitingSince is not null ? 1 : 0) < 0;

    private Moment Around(Roster roster, InboxCard inbox)
    {
        var (calendar, now) = (roster.CalendarOf(inbox.Id), time.GetUtcNow());
        return new Moment { Open = calendar.IsOpen(now), OpensAt = calendar.NextOpening(now), Hours = calendar, Telling = Telling.Of(roster, inbox.Settings), AsksRating = inbox.Settings.Rating == true, Mails = mailing.Mails(roster, inbox.Settings), Up = _up, Terms = Terms.Of(inbox.Settings) };
    }

    /// <summary>Asked only where an answer may be promised. Who was a guest and turned out to be somebody may have said only then where to write to.</summary>
    private async ValueTask<bool> Addressed(WorkspaceId workspace, InboxCard inbox, ConversationId id, Conversation it)
    {
        if (it is not { Promise: null, Mode: not Mode.Ended } || !mailing.Mails(rosters.Now(workspace), inbox.Settings) || await people.Behind(workspace, it.Contact, id) is not { Erased: false } person)
        {
            return false;
        }

        var known = person.Email is null && person.Id != it.Contact ? (await people.Own(workspace, [it.Contact])).GetValueOrDefault(it.Contact) : person;
        return known is { Erased: false, Mailbox: not null };
    }

    /// <summary>By the customer's clock, asked only where a time may be said: an answer may be promised, or promised anew.</summary>
    private async ValueTask<Moment> Heard(Moment moment, WorkspaceId workspace, Conversation it, string? device) =>
        it is { Promise: null or { Broken: false, First: null }, Mode: not Mode.Ended } && await people.Of(workspace, (await people.State(workspace, it.Contact))?.Person ?? it.Contact) is { } person
            ? moment with { Telling = moment.Telling.By(person.Zone(device)) }
            : moment;

    private static TimeSpan Grace(Policy policy) => TimeSpan.FromSeconds(policy.GraceSeconds);

    private static TimeSpan AgentGrace(Conversation it) => TimeSpan.FromSeconds(it.Policy.AgentGraceSeconds);

    /// <summary>Whoever turned out to be somebody is here as that one.</summary>
    private async ValueTask<Here> Here(WorkspaceId workspace, Conversation it) =>
        presence.Of(workspace, (await people.State(workspace, it.Contact))?.Becomes ?? it.Contact, it.Device, Grace(it.Policy));
}

/// <summary>Wakes a conversation with what is true then.</summary>
internal sealed class Waker(Desk desk, Moments moments, Departures departures, TimeProvider time) : IWaker
{
    public string Kind => Conversation.Kind;

    public async ValueTask<Command> Prepare(Command wake) =>
        wake is Wake it && await desk.Look(wake.Origin.Workspace, wake.Subject) is { State: Conversation { Exists: true } state }
            ? it with
            {
                Moment = await moments.Of(wake.Origin.Workspace, it.Conversation, state),
                Departures = await departures.Of(wake.Origin.Workspace, it.Conversation, state, time.GetUtcNow()),
            }
            : wake;
}
