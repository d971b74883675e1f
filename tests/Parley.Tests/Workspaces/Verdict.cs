using Parley.Log;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

/// <summary>Decides about workspaces, inboxes and agents without a store: given a history, when a wish, then this.</summary>
internal static class Verdict
{
    public static readonly WorkspaceId Lighthouse = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    public static readonly BrandId FirstBrand = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));
    public static readonly TeamId Sails = new(Guid.Parse("00000000-0000-7000-8000-000000000003"));
    public static readonly AgentId Kim = new(Guid.Parse("00000000-0000-7000-8000-000000000004"));
    public static readonly AgentId Noor = new(Guid.Parse("00000000-0000-7000-8000-000000000005"));
    public static readonly InboxId Shop = new(Guid.Parse("00000000-0000-7000-8000-000000000006"));
    public static readonly Origin ByKim = new(Lighthouse, new Author(AuthorKind.Agent, Kim.Value), "k");

    /// <summary>A workspace with its brand, a team, and Kim as its only owner.</summary>
    public static WorkspaceState Founded => Fold<WorkspaceState>(
        new WorkspaceKind(),
        WorkspaceKind.Of(Lighthouse),
        new WorkspaceNamed("Lighthouse"),
        new BrandSet(new Brand(FirstBrand, "Lighthouse", "#3457d5")),
        new TeamSet(new Team(Sails, "Sails")),
        new MemberSet(Kim, new Member(Role.Owner, Active: true)));

    public static T Fold<T>(SubjectKind kind, Subject subject, params EntryBody[] bodies) => (T)bodies.Select((body, i) => Entry(subject, body, i + 1)).Aggregate(kind.Empty, kind.Apply);

    public static Decision Decide(SubjectKind kind, object state, Command command, long seq = 1, params (Subject Subject, object State, long Seq)[] others) =>
        kind.Decide(state, command, new Deciding(Cast.Clock.Morning, seq, others.ToDictionary(other => other.Subject, other => (other.State, other.Seq))));

    public static void ShouldBeRefused(this Decision decision, string code, int status)
    {
        decision.Refusal.ShouldNotBeNull();
        (decision.Refusal.Code, decision.Refusal.Status).ShouldBe((code, status));
        decision.Drafts.ShouldBeEmpty();
    }

    public static IEnumerable<EntryBody> Bodies(this Decision decision)
    {
        decision.Refusal.ShouldBeNull();
        return decision.Drafts.Select(draft => draft.Body);
    }

    private static Entry Entry(Subject subject, EntryBody body, long seq) => new()
    {
        Workspace = Lighthouse, Subject = subject, Seq = seq, Position = seq, At = Cast.Clock.Morning, Type = body.GetType().Name, V = 1, Author = Author.System,
        Visibility = Visibility.Internal, Command = "c", Body = body,
    };
}
