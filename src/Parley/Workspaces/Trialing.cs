using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>An inbox has another profile for a while, and then its former one again, by itself.</summary>
/// <param name="Former">What it had before; null: it has not begun.</param>
public sealed record Trial(Profile Profile, DateTimeOffset From, DateTimeOffset Until, FormerProfile? Former = null);

/// <param name="Switches">What differed from it.</param>
public sealed record FormerProfile(Profile Profile, Switches? Switches = null);

public sealed record TrialPlanned(Profile Profile, DateTimeOffset From, DateTimeOffset Until) : EntryBody;

/// <summary>It begins; what the inbox is set to from now on follows.</summary>
public sealed record TrialBegun(Profile Profile, DateTimeOffset Until, FormerProfile Former) : EntryBody;

/// <param name="Cause"><c>time</c>, <c>stopped</c> (somebody ended it), or <c>changed</c> (somebody gave the inbox another profile).</param>
public sealed record TrialEnded(Profile Profile, string Cause) : EntryBody;

/// <param name="From">Null, or what has passed: at once.</param>
public sealed record TryProfile(Origin Origin, InboxId Inbox, Profile Profile, DateTimeOffset? From, DateTimeOffset Until) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

/// <summary>The former profile is back now; or what was planned does not happen.</summary>
public sealed record EndTrial(Origin Origin, InboxId Inbox) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

/// <summary>What is due in an inbox is done.</summary>
public sealed record WakeInbox(Origin Origin, InboxId Inbox) : Command(Origin), IWake
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

/// <summary>When an inbox got another profile, and which it had until then.</summary>
public sealed record ProfileTurn(DateTimeOffset At, Profile From);

internal static class Trialing
{
    /// <summary>So many changes are remembered, the last at the end: longer ago nobody need be told of one.</summary>
    private const int Remembered = 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static Decision Decide(InboxState state, TryProfile wish, Deciding deciding)
    {
        // Whole milliseconds, as wake-ups are: a trial that ended within one would not be over when it is looked at.
        wish = wish with { Until = Whole(wish.Until) };
        var from = wish.From is { } time && Whole(time) > deciding.Now ? Whole(time) : deciding.Now;
        if (Flaw(state, wish, from, deciding.Now) is { } flaw)
        {
            return new Refusal("trial.invalid", $"{flaw.Field}: {flaw.Text}", 400) { Errors = [flaw] };
        }

        if (state.Trial is { Former: not null })
        {
            return new Refusal("trial.running", "Another profile is being tried already. End that first.");
        }

        return from > deciding.Now ? new TrialPlanned(wish.Profile, from, wish.Until) : Begun(state, new Trial(wish.Profile, from, wish.Until));
    }

    public static Decision Decide(InboxState state, EndTrial _) => state.Trial is { } trial ? Ended(state, trial, "stopped") : Refusal.Unknown("trial");

    /// <summary>A server that was down for the whole time finds both due at once: then there was none.</summary>
    public static Decision Wake(InboxState state, Deciding deciding) => state.Trial switch
    {
        { } trial when deciding.Now >= trial.Until => Ended(state, trial, "time"),
        { Former: null } trial when deciding.Now >= trial.From => trial.Profile == state.Settings!.Profile ? new TrialEnded(trial.Profile, "changed") : Begun(state, trial),
        _ => Decision.Nothing,
    };

    /// <summary>Whoever gives the inbox another profile by hand means it: a trial that runs ends there, and takes nothing back.</summary>
    public static Decision Changed(InboxState state, InboxSet set) =>
        state.Trial is { Former: not null } trial && set.Settings.Profile != state.Settings!.Profile ? Decision.Of(new TrialEnded(trial.Profile, "changed"), set) : set;

    public static InboxState Apply(InboxState state, InboxSet set, DateTimeOffset at) => state with
    {
        Version = set.Version,
        Settings = set.Settings,
        Turns = state.Settings is { } before && before.Profile != set.Settings.Profile ? [.. state.Turns.TakeLast(Remembered - 1), new ProfileTurn(at, before.Profile)] : state.Turns,
    };

    public static InboxState Apply(InboxState state, TrialPlanned planned) => state with { Trial = new Trial(planned.Profile, planned.From, planned.Until) };

    public static InboxState Apply(InboxState state, TrialBegun begun, DateTimeOffset at) => state with { Trial = new Trial(begun.Profile, state.Trial?.From ?? at, begun.Until, begun.Former) };

    public static DateTimeOffset? Due(InboxState state) => state.Trial is { } trial ? trial.Former is null ? trial.From : trial.Until : null;

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static FieldFlaw? Flaw(InboxState state, TryProfile wish, DateTimeOffset from, DateTimeOffset now) =>
        wish.Profile == (state.Trial?.Former is { } former ? former.Profile : state.Settings!.Profile) ? new("profile", "same", "The inbox has this profile already.")
        : wish.Profile == Profile.StrictLive && state.Settings!.Channel != AddInbox.WebChannel ? new("profile", "invalid", "On a channel nobody can be talked to live only.")
        : wish.Until - from < Shortest ? new("until", "tooEarly", "It ends a minute after it begins at the earliest.")
        : wish.Until - from > Longest || from - now > Longest ? new("until", "tooLate", "It begins within 31 days and lasts for at most 31.")
        : null;

    private static Decision Begun(InboxState state, Trial trial)
    {
        var before = state.Settings!;
        return Decision.Of(new TrialBegun(trial.Profile, trial.Until, new FormerProfile(before.Profile, before.Switches)), Set(state, trial.Profile, before.Switches));
    }

    private static Decision Ended(InboxState state, Trial trial, string cause) => trial.Former is { } former
        ? Decision.Of(new TrialEnded(trial.Profile, cause), Set(state, former.Profile, former.Switches))
        : new TrialEnded(trial.Profile, cause);

    private static InboxSet Set(InboxState state, Profile profile, Switches? switches) =>
        new(state.Version + 1, state.Settings! with { Profile = profile, Switches = Policy.Differing(profile, switches) });
}
