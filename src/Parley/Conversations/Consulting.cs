using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>Asks colleagues beside the customer's thread, in a small one of its own. MS18.</summary>
/// <param name="Waits">The customer's thread waits on a third party meanwhile; what the customer was promised stays promised.</param>
/// <param name="People">Who is asked: the named agents, and the people of the named teams.</param>
public sealed record Consult(Origin Origin, ConversationId Conversation, string Text, ImmutableArray<AgentId> Agents, ImmutableArray<TeamId> Teams, bool Waits, [property: JsonIgnore] ImmutableArray<AgentId> People)
    : ConversationCommand(Origin, Conversation);

/// <summary>Says something in it. What was settled is open again by that.</summary>
public sealed record SayAside(Origin Origin, ConversationId Conversation, long Aside, string Text) : ConversationCommand(Origin, Conversation);

public sealed record SettleAside(Origin Origin, ConversationId Conversation, long Aside) : ConversationCommand(Origin, Conversation);

/// <summary>Colleagues are asked. What, the next entry says; the seq of this one is the name of the side conversation.</summary>
public sealed record Consulted(ImmutableArray<AgentId> Agents, ImmutableArray<TeamId> Teams, ImmutableArray<AgentId> People, bool? Waits = null) : EntryBody;

public sealed record ConsultSaid(long Aside, string Text) : EntryBody;

public sealed record ConsultSettled(long Aside) : EntryBody;

/// <summary>A side conversation as the state keeps it; never its words.</summary>
public sealed record Aside(long Seq, ImmutableArray<AgentId> People, bool Waits = false, bool Settled = false);

internal static class Consulting
{
    private const int Most = 20;

    public static Decision Decide(Conversation it, Consult consult, Deciding deciding)
    {
        if (consult.Agents.IsEmpty && consult.Teams.IsEmpty)
        {
            return new Refusal("consult.nobody", "Say who is asked: colleagues, or a team.", 400) { Errors = [new FieldFlaw("agents", "required", "Somebody is asked.")] };
        }

        if (it.Asides is { Length: >= Most })
        {
            return new Refusal("consult.tooMany", $"A conversation has at most {Most} side conversations.");
        }

        if (Content.Flaw(new Content("text", consult.Text)) is { } flaw)
        {
            return flaw;
        }

        var waits = consult.Waits && it is { Status: not Status.Closed };
        var decision = Decision.Of(new Consulted(consult.Agents, consult.Teams, consult.People, waits ? true : null), new ConsultSaid(deciding.Seq + 1, consult.Text));
        return waits && it is not { Status: Status.Pending, PendingOn: PendingOn.ThirdParty } ? decision.Then(new SetPending(PendingOn.ThirdParty)) : decision;
    }

    public static Decision Decide(Conversation it, SayAside say) =>
        Find(it, say.Aside) is null ? Refusal.Unknown("consult")
        : Content.Flaw(new Content("text", say.Text)) is { } flaw ? flaw
        : new ConsultSaid(say.Aside, say.Text);

    /// <summary>When the last of those that it waited for is settled, it waits no more.</summary>
    public static Decision Decide(Conversation it, SettleAside settle)
    {
        if (Find(it, settle.Aside) is not { } aside)
        {
            return Refusal.Unknown("consult");
        }

        var settled = new ConsultSettled(settle.Aside);
        return aside.Settled ? Decision.Nothing
            : aside.Waits && it is { Status: Status.Pending, PendingOn: PendingOn.ThirdParty } && !it.Asides!.Value.Any(other => other is { Waits: true, Settled: false } && other.Seq != aside.Seq)
                ? Decision.Of(settled, new Unpended("consult"))
                : settled;
    }

    public static Conversation Apply(Conversation it, Consulted consulted, Entry entry) => it with { Asides = (it.Asides ?? []).Add(new Aside(entry.Seq, consulted.People, consulted.Waits == true)) };

    public static Conversation Apply(Conversation it, Entry entry) => entry.Body is ConsultSaid said ? Set(it, said.Aside, settled: false) : it;

    public static Conversation Apply(Conversation it, ConsultSettled settled) => Set(it, settled.Aside, settled: true);

    private static Aside? Find(Conversation it, long seq) => it.Asides?.FirstOrDefault(aside => aside.Seq == seq);

    private static Conversation Set(Conversation it, long seq, bool settled) =>
        Find(it, seq) is { } aside && aside.Settled != settled ? it with { Asides = it.Asides!.Value.Replace(aside, aside with { Settled = settled }) } : it;
}
