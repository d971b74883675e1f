using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <param name="Hours">When its people are at work; null: whenever what they answer is open.</param>
public sealed record Team(TeamId Id, string Name, Calendar? Hours = null);

/// <summary>An agent's place in the workspace. Deactivated, never deleted.</summary>
public sealed record Member(Role Role, bool Active);

/// <summary>A tenant: who belongs to it, and what it has. What its agents and inboxes are in themselves stands in their own states.</summary>
public sealed record WorkspaceState(
    string Name,
    ImmutableSortedDictionary<BrandId, Brand> Brands,
    ImmutableSortedDictionary<TeamId, Team> Teams,
    ImmutableSortedDictionary<AgentId, Member> Members,
    ImmutableSortedSet<InboxId> Inboxes,
    ImmutableSortedSet<string> Labels)
{
    public static readonly WorkspaceState Empty = new(
        "",
        ImmutableSortedDictionary<BrandId, Brand>.Empty,
        ImmutableSortedDictionary<TeamId, Team>.Empty,
        ImmutableSortedDictionary<AgentId, Member>.Empty,
        [],
        []);

    /// <summary>True once somebody has put the list of first steps away.</summary>
    public bool ChecklistAway { get; init; }

    public ImmutableSortedDictionary<ViewId, SavedView> Views { get; init; } = ImmutableSortedDictionary<ViewId, SavedView>.Empty;

    /// <summary>Who may know how long agents were attentive.</summary>
    public AttentionShown Attention { get; init; } = AttentionShown.Teams;

    /// <summary>By what they say something of and their keys; those that are gone too, for their kind stays.</summary>
    public ImmutableSortedDictionary<string, AttributeDefinition> Attributes { get; init; } = ImmutableSortedDictionary<string, AttributeDefinition>.Empty;

    public int Owners => Members.Values.Count(member => member is { Role: Role.Owner, Active: true });
}

/// <summary>The workspace as a subject: the table of contents of what can be done to it.</summary>
public sealed class WorkspaceKind() : SubjectKind<WorkspaceState>(KindName, fold: 6)
{
    public const string KindName = "workspace";

    public static readonly EntryType[] Entries =
    [
        EntryType.Of<WorkspaceNamed>("workspaceNamed"),
        EntryType.Of<LabelsSet>("labelsSet"),
        EntryType.Of<BrandSet>("brandSet"),
        EntryType.Of<TeamSet>("teamSet"),
        EntryType.Of<TeamRemoved>("teamRemoved"),
        EntryType.Of<MemberSet>("memberSet"),
        EntryType.Of<InboxListed>("inboxListed"),
        EntryType.Of<TokenIssued>("tokenIssued"),
        EntryType.Of<TokenRevoked>("tokenRevoked"),
        EntryType.Of<ChecklistSet>("checklistSet"),
        EntryType.Of<ViewSet>("viewSet"),
        EntryType.Of<ViewRemoved>("viewRemoved"),
        EntryType.Of<AttentionSet>("attentionSet"),
        EntryType.Of<AttributeDefined>("attributeDefined"),
    ];

    public static Subject Of(WorkspaceId workspace) => new(KindName, workspace.Value);

    protected override WorkspaceState Initial => WorkspaceState.Empty;

    protected override WorkspaceState Apply(WorkspaceState state, Entry entry) => entry.Body switch
    {
        WorkspaceNamed named => state with { Name = named.Name },
        LabelsSet set => state with { Labels = set.Labels },
        BrandSet set => state with { Brands = state.Brands.SetItem(set.Brand.Id, set.Brand with { Hours = [.. set.Brand.Hours.Select(span => span.Said())] }) },
        TeamSet set => state with { Teams = state.Teams.SetItem(set.Team.Id, set.Team) },
        TeamRemoved removed => state with { Teams = state.Teams.Remove(removed.Team) },
        MemberSet set => state with { Members = state.Members.SetItem(set.Agent, set.Member) },
        ChecklistSet set => state with { ChecklistAway = set.Away },
        ViewSet set => state with { Views = state.Views.SetItem(set.View.Id, set.View) },
        ViewRemoved removed => state with { Views = state.Views.Remove(removed.View) },
        AttentionSet set => state with { Attention = set.Shown },
        AttributeDefined defined => state with { Attributes = state.Attributes.SetItem(defined.Attribute.Place, defined.Attribute) },
        InboxListed listed => state with { Inboxes = state.Inboxes.Add(listed.Inbox) },
        _ => state,
    };

    protected override Decision Decide(WorkspaceState state, Command command, Deciding deciding) => command switch
    {
        Found found => Founding.Decide(found, deciding.Seq),
        _ when deciding.Seq == 0 => Refusal.Unknown("workspace"),
        Rename rename => Founding.Decide(state, rename),
        SetLabels set => Founding.Decide(state, set),
        AddBrand add => Branding.Decide(state, add),
        SetBrand set => Branding.Decide(state, set),
        SetTeam set => Teaming.Decide(state, set),
        RemoveTeam remove => Teaming.Decide(state, remove),
        AddAgent add => Membership.Decide(state, add, deciding),
        SetMember set => Membership.Decide(state, set),
        AddInbox add => InboxSetting.Decide(state, add, deciding),
        PutChecklist put => Checklist.Decide(state, put),
        SetView set => Viewing.Decide(state, set),
        RemoveView remove => Viewing.Decide(state, remove),
        SetAttention set => Attending.Decide(state, set),
        DefineAttribute define => Attributing.Decide(state, define),
        IssueToken issue => new TokenIssued(issue.Token, issue.Name, issue.Scopes),
        RevokeToken revoke => new TokenRevoked(revoke.Token),
        _ => throw new InvalidOperationException($"A workspace does not know {command.GetType().Name}."),
    };
}

/// <summary>A program was given a token. Its secret is nowhere; its hash is in the store beside the log.</summary>
public sealed record TokenIssued(TokenId Token, string Name, ImmutableSortedSet<string> Scopes) : EntryBody;

public sealed record TokenRevoked(TokenId Token) : EntryBody;

public sealed record IssueToken(Origin Origin, TokenId Token, string Name, ImmutableSortedSet<string> Scopes) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

public sealed record RevokeToken(Origin Origin, TokenId Token) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}
