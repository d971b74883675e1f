using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>
/// Whether an agent is there for customers. Signing in gives away: an empty chair promises nothing. Who is busy is there, and goes on with what they have,
/// and is offered nothing new.
/// </summary>
public enum Chair { Offline, Away, Online, Busy }

/// <param name="Cause"><c>manual</c>, <c>signedIn</c>, <c>signedOut</c>, <c>pause</c>; <c>idle</c>, <c>locked</c> (their screen), <c>missed</c> (offers) or <c>pauseOver</c> where nobody chose it.</param>
/// <param name="Until">When they are online again by themselves; null: when they say so.</param>
public sealed record ChairSet(Chair Chair, string Cause, DateTimeOffset? Until = null) : EntryBody;

/// <summary>How many units of work an agent is given at once: a live conversation is one, a message that waits for their answer a third.</summary>
public sealed record CapacitySet(int Units) : EntryBody;

public sealed record TakeChair(Origin Origin, AgentId Agent, Chair Chair, string Cause) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

/// <summary>Nobody seems to sit there any more: who was there is away. Who had gone by themselves stays gone.</summary>
public sealed record LoseChair(Origin Origin, AgentId Agent, string Cause) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

public sealed record SetCapacity(Origin Origin, [property: JsonIgnore] AgentId Agent, int Units) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

internal static class Seating
{
    public const int FirstCapacity = 4;

    private const int MostUnits = 20;

    /// <summary>Whoever signs in on another device goes on as they are on the first: that one is still watched for signs of them.</summary>
    public static Decision Decide(AgentState state, TakeChair take) =>
        (take.Chair == state.Chair && state.PausedUntil is null) || (take.Cause == "signedIn" && state.Chair is (Chair.Online or Chair.Busy)) ? Decision.Nothing : new ChairSet(take.Chair, take.Cause);

    public static Decision Decide(AgentState state, LoseChair lose) =>
        state.Chair is Chair.Online or Chair.Busy ? new ChairSet(Chair.Away, lose.Cause) : Decision.Nothing;

    public static Decision Decide(AgentState state, SetCapacity set) => set.Units is < 1 or > MostUnits
        ? new Refusal("capacity.invalid", $"A capacity is 1 to {MostUnits} units.", 400) { Errors = [new("units", set.Units < 1 ? "tooSmall" : "tooLarge", $"1 to {MostUnits}.")] }
        : set.Units == state.Capacity ? Decision.Nothing : new CapacitySet(set.Units);
}
