using System.Collections.Immutable;
namespace Parley.Channels;

/// <summary>Whose matter it is that something did not go out.</summary>
public enum Blame { Provider, Message, Recipient, Settings, Nobody }

/// <summary>Who has to hear of it.</summary>
public enum Hearer { Nobody, Agent, Admin }

/// <summary>
/// Why something did not go out: a closed list. Each kind says whether it is worth trying again, whose matter it is, and who hears of it; what the provider said goes with it for
/// people to read, and decides nothing.
/// </summary>
public abstract record Failure
{
    private const int Longest = 500;

    private Failure(string code, bool again, Blame blame, Hearer hearer, string? said) =>
        (Code, Again, Blame, Hearer, Said) = (code, again, blame, hearer, said is null ? null : Platform.Words.Clean(said.Length > Longest ? said[..Longest] : said));

    /// <summary>Stays the same: data, figures and screens name it so.</summary>
    public string Code { get; }

    /// <summary>Tried again by itself.</summary>
    public bool Again { get; }

    public Blame Blame { get; }

    public Hearer Hearer { get; }

    /// <summary>In the provider's words.</summary>
    public string? Said { get; }

    /// <summary>Too much at once. <paramref name="After"/>: how long the provider wants to be left in peace; null: it did not say.</summary>
    public sealed record Throttled(TimeSpan? After = null, string? Why = null) : Failure("throttled", again: true, Blame.Provider, Hearer.Nobody, Why);

    /// <summary>Nobody answered, or only that they cannot just now. Certainly nothing was taken.</summary>
    public sealed record Unreachable(string? Why = null) : Failure("unreachable", again: true, Blame.Provider, Hearer.Nobody, Why);

    /// <summary>This message will never be taken.</summary>
    public sealed record Rejected(string? Why = null) : Failure("rejected", again: false, Blame.Message, Hearer.Agent, Why);

    /// <summary>The customer has to write first, or a template goes.</summary>
    public sealed record WindowClosed(string? Why = null) : Failure("windowClosed", again: false, Blame.Nobody, Hearer.Agent, Why);

    /// <summary>Nobody is there (any more), or they want nothing from us.</summary>
    public sealed record RecipientGone(string? Why = null) : Failure("recipientGone", again: false, Blame.Recipient, Hearer.Agent, Why);

    /// <summary>The settings are wrong: nothing goes out until somebody mends them, and nothing is lost by it.</summary>
    /// <param name="Sure">False: it may be this one recipient's matter as well.</param>
    public sealed record Misconfigured(string? Why = null, bool Sure = true) : Failure("misconfigured", again: true, Blame.Settings, Hearer.Admin, Why);

    /// <summary>It was sent, and nobody said whether it was taken. Never sent again blindly.</summary>
    public sealed record OutcomeUnknown(string? Why = null) : Failure("outcomeUnknown", again: false, Blame.Provider, Hearer.Agent, Why);
}

/// <summary>What became of handing one piece over.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <param name="ProviderId">What the provider calls it: receipts and echoes will.</param>
    /// <param name="Missed">Who of several did not get it, and why; null: everybody did.</param>
    public sealed record Sent(string? ProviderId = null, string? Missed = null) : SendOutcome
    {
        /// <summary>Their addresses.</summary>
        public ImmutableArray<string> Lacking { get; init; } = [];
    }

    public sealed record Failed(Failure Why) : SendOutcome;

    public static implicit operator SendOutcome(Failure failure) => new Failed(failure);
}
