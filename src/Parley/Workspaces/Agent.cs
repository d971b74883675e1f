using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>An agent in themselves; role and activity stand in the workspace.</summary>
/// <param name="SignedOut">How often everything that was signed in had to end.</param>
/// <param name="Capacity">How many units of work they are given at once.</param>
public sealed record AgentState(string Name, string Email, ImmutableSortedSet<TeamId> Teams, Chair Chair, long SignedOut, FileId? Picture = null, int Capacity = Seating.FirstCapacity)
{
    /// <summary>What they speak with customers; null: not said, which is anything.</summary>
    public ImmutableArray<string>? Languages { get; init; }

    /// <summary>How many seconds their words to customers can be taken back, where nobody is talked with live.</summary>
    public int UndoSeconds { get; init; } = FirstUndoSeconds;

    /// <summary>Up to when it is written to what they attended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset AttendedTo { get; init; }

    /// <summary>What they know, and how well (1 to 3); null: not said.</summary>
    public ImmutableSortedDictionary<string, int>? Skills { get; init; }

    public Experience Experience { get; init; } = Experience.Regular;

    /// <summary>What stands below the mails that they write; null: nothing.</summary>
    public string? Signature { get; init; }

    /// <summary>They have a pause until then, and are online again by themselves.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public const int FirstUndoSeconds = 5;

    public static readonly AgentState Empty = new("", "", [], Chair.Offline, 0);
}

public sealed record AgentJoined(string Name, string Email, ImmutableSortedSet<TeamId> Teams) : EntryBody;

/// <summary>What customers and colleagues see of the agent.</summary>
public sealed record AgentNamed(string Name, FileId? Picture = null) : EntryBody;

public sealed record AgentTeamsSet(ImmutableSortedSet<TeamId> Teams) : EntryBody;

/// <summary>In which languages the agent is given conversations; none: in any.</summary>
public sealed record AgentLanguagesSet(ImmutableArray<string> Languages) : EntryBody;

/// <summary>How long the agent can think better of what they sent.</summary>
public sealed record AgentUndoSet(int Seconds) : EntryBody;

/// <summary>A session of the agent ended, or (null) all of them.</summary>
public sealed record AgentSignedOut(Guid? Session = null) : EntryBody;

/// <summary>
/// Changes name, picture, teams, languages or the seconds to think, and the agent's place in the workspace, in one transaction; what is null stays, a picture with an empty id goes. The workspace
/// says which teams there are.
/// </summary>
public sealed record ChangeAgent(
    Origin Origin, AgentId Agent, string? Name = null, FileId? Picture = null, ImmutableSortedSet<TeamId>? Teams = null, Role? Role = null, bool? Active = null) : Command(Origin)
{
    public ImmutableArray<string>? Languages { get; init; }

    /// <summary>0, 5, 10 or 20.</summary>
    public int? UndoSeconds { get; init; }

    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [WorkspaceKind.Of(Origin.Workspace)];
}

public sealed record SignOutAgent(Origin Origin, AgentId Agent, Guid? Session) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

public sealed class AgentKind() : SubjectKind<AgentState>(KindName, fold: 7)
{
    public const string KindName = "agent";

    public static readonly EntryType[] Entries =
    [
        EntryType.Of<AgentJoined>("agentJoined"),
        EntryType.Of<AgentNamed>("agentNamed"),
        EntryType.Of<AgentTeamsSet>("agentTeamsSet"),
        EntryType.Of<AgentLanguagesSet>("agentLanguagesSet"),
        EntryType.Of<AgentUndoSet>("agentUndoSet"),
        EntryType.Of<ChairSet>("chairSet"),
        EntryType.Of<CapacitySet>("capacitySet"),
        EntryType.Of<AgentSignedOut>("agentSignedOut"),
        EntryType.Of<Attended>("attended"),
        EntryType.Of<AgentSkillsSet>("agentSkillsSet"),
        EntryType.Of<ExperienceSet>("experienceSet"),
        EntryType.Of<AgentSignatureSet>("agentSignatureSet"),
    ];

    public static Subject Of(AgentId agent) => new(KindName, agent.Value);

    public override Command WakeCommand(Subject subject, Origin origin) => new WakeAgent(origin, new AgentId(subject.Id));

    protected override AgentState Initial => AgentState.Empty;

    protected override DateTimeOffset? Due(AgentState state) => state.PausedUntil;

    protected override AgentState Apply(AgentState state, Entry entry) => entry.Body switch
    {
        AgentJoined joined => state with { Name = joined.Name, Email = joined.Email, Teams = joined.Teams },
        AgentNamed named => state with { Name = named.Name, Picture = named.Picture },
        AgentTeamsSet set => state with { Teams = set.Teams },
        AgentLanguagesSet set => state with { Languages = set.Languages.IsEmpty ? null : set.Languages },
        AgentUndoSet set => state with { UndoSeconds = set.Seconds },
        ChairSet set => state with { Chair = set.Chair, PausedUntil = set.Until },
        AgentSkillsSet set => state with { Skills = set.Skills.IsEmpty ? null : set.Skills },
        ExperienceSet set => state with { Experience = set.Experience, Capacity = set.Units ?? state.Capacity },
        CapacitySet set => state with { Capacity = set.Units },
        Attended attended => state with { AttendedTo = attended.Until },
        AgentSignatureSet set => state with { Signature = set.Text.Length == 0 ? null : set.Text },
        AgentSignedOut { Session: null } => state with { SignedOut = state.SignedOut + 1 },
        _ => state,
    };

    protected override Decision Decide(AgentState state, Command command, Deciding deciding) => command switch
    {
        _ when deciding.Seq == 0 => Refusal.Unknown("agent"),
        ChangeAgent change => Decide(state, change, deciding),
        TakeChair take => Seating.Decide(state, take),
        LoseChair lose => Seating.Decide(state, lose),
        SetCapacity set => Seating.Decide(state, set),
        Attend attend => Attending.Decide(state, attend, deciding),
        SetSkills set => Skilling.Decide(state, set),
        SetSignature set => Signing.Decide(state, set),
        TakePause take => Pausing.Decide(state, take, deciding.Now),
        EndPause => Pausing.DecideEnd(state),
        WakeAgent => Pausing.Wake(state, deciding.Now),
        SignOutAgent signOut => new AgentSignedOut(signOut.Session),
        _ => throw new InvalidOperationException($"An agent does not know {command.GetType().Name}."),
    };

    private static Decision Decide(AgentState state, ChangeAgent command, Deciding deciding)
    {
        var place = WorkspaceKind.Of(command.Origin.Workspace);
        var workspace = deciding.Other<WorkspaceState>(place).State;
        var placed = command is { Role: null, Active: null } ? Decision.Nothing : Membership.Decide(workspace, new SetMember(command.Origin, command.Agent, command.Role, command.Active));
        var wrong = (command.Name is { } text ? Naming.Name(text) : null) ?? (command.Teams is { } asked ? Membership.Unknown(workspace, asked) : null)
            ?? (command.Languages is { } spoken ? Wording.Languages(spoken, 0) : null) ?? Unthinkable(command.UndoSeconds) ?? placed.Refusal;
        if (wrong is { } refusal)
        {
            return refusal;
        }

        var decision = new Decision { Drafts = [.. placed.Drafts.Select(draft => draft with { Subject = place })] };
        var (name, picture) = (command.Name?.Trim() ?? state.Name, command.Picture switch { null => state.Picture, { IsEmpty: true } => null, var chosen => chosen });
        if ((name, picture) != (state.Name, state.Picture))
        {
            decision = decision.Then(new AgentNamed(name, picture)) with
            {
                Claims = picture is { } file && picture != state.Picture ? [new Claim(Pictures.ClaimKey(file), command.Subject)] : [],
            };
        }

        if (command.Languages is { } languages && Wording.Tidy(languages) is var tidy && !tidy.ToHashSet().SetEquals(state.Languages ?? []))
        {
            decision = decision.Then(new AgentLanguagesSet(tidy));
        }

        if (command.UndoSeconds is { } seconds && seconds != state.UndoSeconds)
        {
            decision = decision.Then(new AgentUndoSet(seconds));
        }

        return command.Teams is { } teams && !teams.SetEquals(state.Teams) ? decision.Then(new AgentTeamsSet(teams)) : decision;
    }

    private static Refusal? Unthinkable(int? seconds) => seconds is null or 0 or 5 or 10 or 20
        ? null
        : new Refusal("undo.invalid", "What was sent can be taken back for 0, 5, 10 or 20 seconds.", 400) { Errors = [new Platform.FieldFlaw("undoSeconds", "invalid", "0, 5, 10 or 20.")] };
}
