using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>A wish to change settings; what is null stays.</summary>
public sealed record InboxChange
{
    public string? Name { get; init; }

    public Profile? Profile { get; init; }

    public BrandId? Brand { get; init; }

    public ImmutableArray<string>? Domains { get; init; }

    public ImmutableArray<string>? Languages { get; init; }

    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>? Texts { get; init; }

    public Consent? Consent { get; init; }

    public int? ReopenHours { get; init; }

    public ImmutableSortedSet<TeamId>? Teams { get; init; }

    public bool AllTeams { get; init; }

    /// <summary>Empty: the brand's.</summary>
    public string? Color { get; init; }

    /// <summary>By language; languages that are not named stay as they are.</summary>
    public ImmutableSortedDictionary<string, Voice>? Voice { get; init; }

    public ImmutableArray<Segment>? Segments { get; init; }

    public ImmutableArray<SortingRule>? Sorting { get; init; }

    public Giving? Giving { get; init; }

    public ImmutableArray<SortingExample>? Examples { get; init; }

    public ImmutableArray<Form>? Forms { get; init; }

    /// <summary>An empty text: none any more.</summary>
    public string? PreChat { get; init; }

    /// <summary>An empty text: none any more.</summary>
    public string? Offline { get; init; }

    public bool? Rating { get; init; }

    /// <summary>0: never.</summary>
    public int? MailAfterSeconds { get; init; }

    public bool? Alike { get; init; }

    /// <summary>A whole policy, in place of what was set before.</summary>
    public PolicySet? Policy { get; init; }
}

/// <summary>What an inbox may be set to.</summary>
internal static partial class InboxSetting
{
    private const int DomainsLimit = 100;
    private const int VoicesLimit = 50;
    private const int FormsLimit = 50;
    private const int LongestMailAfter = 86_400;

    private static readonly Refusal Unfollowed = new("alike.consent", "Nobody can be known again where nothing of visitors is noted.", 400)
    {
        Errors = [new FieldFlaw("alike", "consent", "This needs visitors to be noted, as far as they agree.")],
    };

    private static readonly Refusal Strange = new("channel.unknown", "There is no such channel; \"web\" is one.", 400);

    public static Decision Decide(WorkspaceState workspace, AddInbox command, Deciding deciding)
    {
        var inbox = InboxKind.Of(command.Inbox);
        if (deciding.Other<InboxState>(inbox).Seq > 0)
        {
            return new Refusal("inbox.exists", "This inbox exists already.");
        }

        if (command.Settings is { Alike: true, Consent: Consent.Off })
        {
            return Unfollowed;
        }

        var settings = Tidy(command.Settings);
        if ((command.Channels.Contains(settings.Channel) ? Wrong(settings, workspace) : Strange) is { } refusal)
        {
            return refusal;
        }

        var drafts = ImmutableArray.Create(new Draft(new InboxListed(command.Inbox)), new Draft(new InboxSet(1, settings), inbox));
        return new Decision { Drafts = command.Key is { } key ? drafts.Add(new Draft(new KeyAdded(key), inbox)) : drafts };
    }

    public static Decision Decide(InboxState state, ChangeInbox command, Deciding deciding)
    {
        var (before, change) = (state.Settings!, command.Change);
        if (change.Alike == true && (change.Consent ?? before.Consent) == Consent.Off)
        {
            return Unfollowed;
        }

        var after = Tidy(before with
        {
            Name = change.Name ?? before.Name,
            Profile = change.Policy?.Profile ?? change.Profile ?? before.Profile,
            Brand = change.Brand ?? before.Brand,
            Domains = change.Domains ?? before.Domains,
            Languages = change.Languages ?? before.Languages,
            Texts = change.Texts ?? before.Texts,
            Consent = change.Consent ?? before.Consent,
            ReopenHours = change.Policy?.ReopenHours ?? change.ReopenHours ?? before.ReopenHours,
            Switches = change.Policy is { } policy ? policy.Switches : before.Switches,
            Calendar = change.Policy is { } hours ? hours.Calendar : before.Calendar,
            Teams = change.AllTeams ? null : change.Teams ?? before.Teams,
            Color = change.Color ?? before.Color,
            Voice = before.Voice.SetItems(change.Voice ?? before.Voice),
            Segments = change.Segments ?? before.Segments,
            Sorting = change.Sorting ?? before.Sorting,
            Giving = change.Giving ?? before.Giving,
            Examples = change.Examples ?? SortingExample.Still(before.Examples, change.Sorting),
            Forms = change.Forms ?? before.Forms,
            PreChat = change.PreChat ?? before.PreChat,
            Offline = change.Offline ?? before.Offline,
            Rating = change.Rating ?? before.Rating,
            MailAfterSeconds = change.MailAfterSeconds ?? before.MailAfterSeconds,
            Alike = change.Alike ?? before.Alike,
        });
        return Wrong(after, deciding.Other<WorkspaceState>(WorkspaceKind.Of(command.Origin.Workspace)).State) is { } refusal
            ? refusal
            : Same(before, after)
                ? Decision.Nothing
                : Trialing.Changed(state, new InboxSet(state.Version + 1, after));
    }

    private static InboxSettings Tidy(InboxSettings settings) => settings with
    {
        Name = settings.Name.Trim(),
        Color = string.IsNullOrEmpty(settings.Color) ? null : settings.Color.ToLowerInvariant(),
        Domains = [.. settings.Domains.Select(Host).Distinct()],
        Languages = Wording.Tidy(settings.Languages),
        Texts = Wording.Tidy(settings.Texts),
        Segments = [.. settings.Segments.Select(segment => segment.Tidied())],
        Sorting = settings.Sorting is { IsEmpty: false } rules ? [.. rules.Select(rule => rule.Tidied())] : null,
        Giving = settings.Giving?.Tidied(),
        Examples = settings.Examples is { IsEmpty: false } examples ? examples : null,
        Forms = settings.Forms is { } forms ? [.. forms.Select(form => form.Cleaned())] : null,
        PreChat = settings.PreChat is "" ? null : settings.PreChat,
        Offline = settings.Offline is "" ? null : settings.Offline,
        Switches = Policy.Differing(settings.Profile, settings.Switches),
        // Where nothing of visitors is noted, nobody is known again either.
        Alike = settings is { Alike: true, Consent: not Consent.Off } ? true : null,
    };

    /// <summary>People paste whole addresses; what counts is the host and, where it is said, the port.</summary>
    private static string Host(string domain)
    {
        var text = domain.Trim().ToLowerInvariant();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? text : text[(scheme + 3)..];
        var slash = host.IndexOf('/');
        return slash < 0 ? host : host[..slash];
    }

    private static Refusal? Wrong(InboxSettings settings, WorkspaceState workspace) =>
        Naming.Name(settings.Name)
        ?? (settings.Color is { } color ? Naming.Color(color) : null)
        ?? (workspace.Brands.ContainsKey(settings.Brand) ? null : new Refusal("brand.unknown", "There is no such brand.", 400))
        ?? (settings.Teams is { } teams ? Membership.Unknown(workspace, teams) : null)
        ?? (settings.Domains.Length <= DomainsLimit && settings.Domains.All(Domain().IsMatch) ? null : new Refusal("domains.invalid", "Domains are hosts like shop.example, *.shop.example or localhost:8080.", 400))
        ?? Wording.Languages(settings.Languages, fewest: 0)
        ?? Policing.Flaw(settings)
        ?? (settings.MailAfterSeconds is null or (>= 0 and <= LongestMailAfter) ? null : new Refusal("mailAfter.invalid", "Mail goes out after 0 (never) to 86,400 seconds.", 400))
        ?? Wording.Typed(settings.Texts)
        ?? (settings.Voice.Count <= VoicesLimit && settings.Voice.Keys.All(Wording.IsLanguage) ? null : new Refusal("voice.invalid", "A voice is formal or informal, by language.", 400))
        ?? Segment.Flaw(settings.Segments)
        ?? (settings.Sorting is { } rules ? SortingRule.Flaw(rules, team => Membership.Unknown(workspace, [team]) is null) : null)
        ?? settings.Giving?.Flaw()
        ?? (settings.Examples is { } examples ? SortingExample.Flaw(examples, settings.Sorting ?? []) : null)
        ?? Wrong(settings.Forms ?? [], settings);

    private static Refusal? Wrong(ImmutableArray<Form> forms, InboxSettings settings)
    {
        var flaws = Forming.Flaws(forms)
            .Concat(forms.Length > FormsLimit ? [new FieldFlaw("forms", "tooMany", $"An inbox keeps at most {FormsLimit} forms.")] : [])
            .Concat(Known(settings.PreChat, "preChat")).Concat(Known(settings.Offline, "offline")).ToImmutableArray();
        return flaws.IsEmpty ? null : new Refusal("forms.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };

        IEnumerable<FieldFlaw> Known(string? id, string path) => id is null || settings.Form(id) is not null ? [] : [new(path, "unknown", "The inbox has no form of this id.")];
    }

    private static bool Same(InboxSettings before, InboxSettings after) =>
        System.Text.Json.JsonSerializer.Serialize(before, Platform.Json.Options) == System.Text.Json.JsonSerializer.Serialize(after, Platform.Json.Options);

    [GeneratedRegex(@"\A(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[0-9]{1,5})?\z")]
    private static partial Regex Domain();
}
