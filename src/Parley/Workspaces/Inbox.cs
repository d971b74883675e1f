using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>A preset of an inbox's switches. DESIGN.md, Modes.</summary>
public enum Profile { StrictLive, Messaging, Blended }

/// <summary>Whether page, referrer and browser of a visitor are recorded: not at all, once they said yes to it, or unless they said no.</summary>
public enum Consent { Off, AfterConsent, On }

/// <summary>What an inbox is set to. Every change is a whole new version in the log, so that what held at any time can be read there.</summary>
/// <param name="Domains">The hosts whose pages may carry the widget; empty: any.</param>
/// <param name="Teams">The teams it is open to; null: all agents.</param>
/// <param name="Languages">What it speaks; empty: what its brand does.</param>
/// <param name="Texts">Per language, per key (<c>greeting</c>, <c>teaser</c>, …), what the widget says; what is missing the brand says.</param>
/// <param name="Color">The accent; null: the brand's.</param>
/// <param name="ReopenHours">Within how long a customer's word reopens what was closed instead of beginning anew.</param>
public sealed record InboxSettings(
    string Name,
    string Channel,
    BrandId Brand,
    Profile Profile,
    ImmutableArray<string> Domains,
    ImmutableArray<string> Languages,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Texts,
    Consent Consent = Consent.AfterConsent,
    int ReopenHours = Policing.ReopenHours,
    ImmutableSortedSet<TeamId>? Teams = null,
    string? Color = null)
{
    /// <summary>How customers are addressed, by language.</summary>
    public ImmutableSortedDictionary<string, Voice> Voice { get; init; } = Wording.Voices;

    /// <summary>Parts of the site that are greeted in their own words; the first that fits decides.</summary>
    public ImmutableArray<Segment> Segments { get; init; } = [];

    /// <summary>Where a conversation belongs, by its first message; the first that fits decides. Null: nothing is decided.</summary>
    public ImmutableArray<SortingRule>? Sorting { get; init; }

    /// <summary>How what arrives is given to people; null: as usual.</summary>
    public Giving? Giving { get; init; }

    /// <summary>Made-up conversations and the rule that each should meet: what the rules are held against before they stand.</summary>
    public ImmutableArray<SortingExample>? Examples { get; init; }

    /// <summary>The forms that can be asked here, in the thread or before it.</summary>
    public ImmutableArray<Form>? Forms { get; init; }

    /// <summary>The id of the form that stands before the chat.</summary>
    public string? PreChat { get; init; }

    /// <summary>The id of the form that stands there while nobody is here.</summary>
    public string? Offline { get; init; }

    /// <summary>True where a closing asks the customer how it was.</summary>
    public bool? Rating { get; init; }

    /// <summary>After how long a customer is mailed what they have not seen; 0: never; null: as the installation has it.</summary>
    public int? MailAfterSeconds { get; init; }

    /// <summary>True where agents are told who may be the same person, by the browser that both came with; null: nobody is told.</summary>
    public bool? Alike { get; init; }

    /// <summary>How it behaves where it differs from its profile; null: nowhere.</summary>
    public Switches? Switches { get; init; }

    /// <summary>When it is open; null: when its brand is.</summary>
    public Calendar? Calendar { get; init; }

    [JsonIgnore]
    public Policy Policy => Policy.Of(Profile, Switches);

    /// <summary>The form that stands there while nobody is: the inbox's, or where it shows one and has none, ours.</summary>
    [JsonIgnore]
    public Form? Away => Form(Offline) ?? (Policy.WhenClosed == WhenClosed.Form ? AwayForm.In(Voice) : null);

    public Form? Form(string? id) => id is null ? null : Forms?.FirstOrDefault(form => form.Id == id);
}

/// <summary>A key with which the site vouches for its users; its secret or public part is in the store beside the log.</summary>
public sealed record InboxKey(string Kid, KeyAlgorithm Algorithm);

public enum KeyAlgorithm
{
    [JsonStringEnumMemberName("HS256")] HS256,
    [JsonStringEnumMemberName("RS256")] RS256,
    [JsonStringEnumMemberName("ES256")] ES256,
}

/// <param name="Version">Counts the settings: 1, 2, 3 …</param>
/// <param name="Sites">The sites from whose pages the widget asked for it, the last that came first.</param>
public sealed record InboxState(int Version, InboxSettings? Settings, ImmutableArray<InboxKey> Keys, ImmutableArray<InboxSite> Sites)
{
    public static readonly InboxState Empty = new(0, null, [], []);

    /// <summary>Another profile for a while, planned or running.</summary>
    public Trial? Trial { get; init; }

    public ImmutableArray<ProfileTurn> Turns { get; init; } = [];
}

public sealed record InboxListed(InboxId Inbox) : EntryBody;

/// <summary>What the inbox is set to from now on.</summary>
public sealed record InboxSet(int Version, InboxSettings Settings) : EntryBody;

public sealed record KeyAdded(InboxKey Key) : EntryBody;

public sealed record KeyRetired(string Kid) : EntryBody;

public sealed record AddInbox(Origin Origin, [property: JsonIgnore] InboxId Inbox, InboxSettings Settings, [property: JsonIgnore] InboxKey? Key = null) : Command(Origin)
{
    /// <summary>The channels by which something may arrive in it: where another than the web is to be set up, whoever knows it says so.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Channels { get; init; } = [WebChannel];

    public const string WebChannel = "web";

    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [InboxKind.Of(Inbox)];
}

/// <summary>Changes what is not null.</summary>
public sealed record ChangeInbox(Origin Origin, InboxId Inbox, InboxChange Change) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [WorkspaceKind.Of(Origin.Workspace)];
}

public sealed record AddKey(Origin Origin, InboxId Inbox, InboxKey Key) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

public sealed record RetireKey(Origin Origin, InboxId Inbox, string Kid) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => InboxKind.Of(Inbox);
}

public sealed class InboxKind() : SubjectKind<InboxState>(KindName, fold: 4)
{
    public const string KindName = "inbox";

    public static readonly EntryType[] Entries =
    [
        EntryType.Of<InboxSet>("inboxSet"),
        EntryType.Of<KeyAdded>("keyAdded"),
        EntryType.Of<KeyRetired>("keyRetired"),
        EntryType.Of<SiteCalled>("siteCalled"),
        EntryType.Of<SitesForgotten>("sitesForgotten"),
        EntryType.Of<TrialPlanned>("trialPlanned"),
        EntryType.Of<TrialBegun>("trialBegun"),
        EntryType.Of<TrialEnded>("trialEnded"),
    ];

    public static Subject Of(InboxId inbox) => new(KindName, inbox.Value);

    public override Command WakeCommand(Subject subject, Origin origin) => new WakeInbox(origin, new InboxId(subject.Id));

    protected override InboxState Initial => InboxState.Empty;

    protected override DateTimeOffset? Due(InboxState state) => Trialing.Due(state);

    protected override InboxState Apply(InboxState state, Entry entry) => entry.Body switch
    {
        InboxSet set => Trialing.Apply(state, set, entry.At),
        TrialPlanned planned => Trialing.Apply(state, planned),
        TrialBegun begun => Trialing.Apply(state, begun, entry.At),
        TrialEnded => state with { Trial = null },
        KeyAdded added => state with { Keys = state.Keys.Add(added.Key) },
        SiteCalled called => Installing.Apply(state, called, entry.At),
        SitesForgotten => state with { Sites = [] },
        KeyRetired retired => state with { Keys = state.Keys.RemoveAll(key => key.Kid == retired.Kid) },
        _ => state,
    };

    protected override Decision Decide(InboxState state, Command command, Deciding deciding) => command switch
    {
        _ when deciding.Seq == 0 => Refusal.Unknown("inbox"),
        ChangeInbox change => InboxSetting.Decide(state, change, deciding),
        AddKey add => Keying.Decide(state, add),
        RetireKey retire => Keying.Decide(state, retire),
        NoteSite note => Installing.Decide(state, note),
        ForgetSites forget => Installing.Decide(state, forget),
        TryProfile wish => Trialing.Decide(state, wish, deciding),
        EndTrial end => Trialing.Decide(state, end),
        WakeInbox => Trialing.Wake(state, deciding),
        _ => throw new InvalidOperationException($"An inbox does not know {command.GetType().Name}."),
    };
}

internal static class Keying
{
    /// <summary>Two may be valid at once, so that a site can change keys without a gap.</summary>
    private const int KeysLimit = 2;

    public static Decision Decide(InboxState state, AddKey command) => state.Keys.Length >= KeysLimit
        ? new Refusal("keys.limit", "Two keys are valid already. Remove one first.")
        : new KeyAdded(command.Key);

    public static Decision Decide(InboxState state, RetireKey command) =>
        state.Keys.Any(key => key.Kid == command.Kid) ? new KeyRetired(command.Kid) : Refusal.Unknown("key");
}
