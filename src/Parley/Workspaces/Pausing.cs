using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>Some minutes without anything new. What they have they go on with; nobody has to think of its end.</summary>
public sealed record TakePause(Origin Origin, [property: JsonIgnore] AgentId Agent, int Minutes) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

/// <summary>They are back before it is over.</summary>
public sealed record EndPause(Origin Origin, [property: JsonIgnore] AgentId Agent) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

public sealed record WakeAgent(Origin Origin, [property: JsonIgnore] AgentId Agent) : Command(Origin), IWake
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

internal static class Pausing
{
    public const string Cause = "pause";

    private const int Longest = 60;

    public static Decision Decide(AgentState state, TakePause take, DateTimeOffset now) =>
        take.Minutes is < 1 or > Longest
            ? new Refusal("pause.invalid", $"A pause has 1 to {Longest} minutes.", 400) { Errors = [new("minutes", take.Minutes < 1 ? "tooSmall" : "tooLarge", $"1 to {Longest}.")] }
            : state.Chair != Chair.Online && state.PausedUntil is null
                ? new Refusal("pause.idle", "Only who is online is asked for anything, and can have a pause from it.")
                : new ChairSet(Chair.Busy, Cause, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()).AddMinutes(take.Minutes));

    public static Decision DecideEnd(AgentState state) => state.PausedUntil is null ? Decision.Nothing : new ChairSet(Chair.Online, "pauseOver");

    /// <summary>Late or doubled it does nothing: whoever sat down otherwise meanwhile sits as they chose.</summary>
    public static Decision Wake(AgentState state, DateTimeOffset now) => state.PausedUntil <= now ? new ChairSet(Chair.Online, "pauseOver") : Decision.Nothing;
}
