using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class TrialingTests
{
    private static readonly DateTimeOffset Now = Cast.Clock.Morning;
    private static readonly Switches Patient = new() { GraceSeconds = 300 };
    private static readonly InboxSettings First = new("Shop", "web", FirstBrand, Profile.StrictLive, [], ["en"], Wording.None) { Switches = Patient };
    private static readonly InboxKind Kind = new();

    [Fact, Trait("row", "OP8")]
    public void OP8_A_trial_begins_at_once_and_gives_back_what_was_there_by_itself()
    {
        var begun = Wish(Is(First), Profile.Messaging, null, Now.AddHours(4));
        begun.Bodies().ShouldBe([new TrialBegun(Profile.Messaging, Now.AddHours(4), new(Profile.StrictLive, Patient)), new InboxSet(2, First with { Profile = Profile.Messaging })], new ByContent());
        var running = Then(Is(First), begun);
        (running.Trial!.Former!.Profile, Due(running)).ShouldBe((Profile.StrictLive, Now.AddHours(4)));
        running.Turns.ShouldBe([new ProfileTurn(Now, Profile.StrictLive)]);

        Wake(running, Now.AddHours(4).AddSeconds(-1)).Bodies().ShouldBeEmpty();
        var ended = Wake(running, Now.AddHours(9));
        ended.Bodies().ShouldBe([new TrialEnded(Profile.Messaging, "time"), new InboxSet(3, First)], new ByContent());
        var after = Then(running, ended);
        (after.Trial, Due(after), after.Settings!.Profile).ShouldBe((null, null, Profile.StrictLive));
        Wake(after, Now.AddHours(10)).Bodies().ShouldBeEmpty("Doubled or late, a wake-up does nothing.");
    }

    [Fact, Trait("row", "OP8")]
    public void OP8_What_is_planned_begins_in_its_time_and_not_where_its_whole_time_was_slept_through()
    {
        var planned = Then(Is(First), Wish(Is(First), Profile.Blended, Now.AddHours(1), Now.AddHours(2)));
        (planned.Settings!.Profile, Due(planned)).ShouldBe((Profile.StrictLive, Now.AddHours(1)));
        Wake(planned, Now.AddHours(1)).Bodies().OfType<InboxSet>().Single().Settings.Profile.ShouldBe(Profile.Blended);
        Wake(planned, Now.AddHours(3)).Bodies().ShouldBe([new TrialEnded(Profile.Blended, "time")]);
        // Another plan takes its place.
        Then(planned, Wish(planned, Profile.Messaging, Now.AddHours(5), Now.AddHours(6))).Trial!.Profile.ShouldBe(Profile.Messaging);
        Decide(Kind, planned, new EndTrial(ByKim, Shop)).Bodies().ShouldBe([new TrialEnded(Profile.Blended, "stopped")]);
    }

    [Fact, Trait("row", "OP8")]
    public void OP8_Whoever_changes_the_profile_by_hand_meanwhile_means_it_and_other_settings_stay_as_they_were_made()
    {
        var running = Then(Is(First), Wish(Is(First), Profile.Messaging, null, Now.AddHours(4)));
        var named = Then(running, Change(running, new InboxChange { Name = "Store" }));
        named.Trial.ShouldNotBeNull();
        Wake(named, Now.AddHours(4)).Bodies().OfType<InboxSet>().Single().Settings.ShouldBe(First with { Name = "Store" }, new ByContent());
        var changed = Change(running, new InboxChange { Profile = Profile.Blended });
        changed.Bodies().Select(body => body.GetType()).ShouldBe([typeof(TrialEnded), typeof(InboxSet)]);
        Then(running, changed).Trial.ShouldBeNull();
        Decide(Kind, running, new EndTrial(ByKim, Shop)).Bodies().OfType<InboxSet>().Single().Settings.ShouldBe(First, new ByContent());
    }

    [Theory]
    [InlineData(Profile.StrictLive, 0, 60, "profile")]
    [InlineData(Profile.Messaging, 0, 0, "until")]
    [InlineData(Profile.Messaging, 0, -60, "until")]
    [InlineData(Profile.Messaging, 60, 60, "until")]
    [InlineData(Profile.Messaging, 0, 60 * 24 * 32, "until")]
    [InlineData(Profile.Messaging, 60 * 24 * 32, 60 * 24 * 33, "until")]
    public void Times_that_cannot_be_are_refused_by_name(Profile profile, int from, int until, string field)
    {
        var refused = Wish(Is(First), profile, Now.AddMinutes(from), Now.AddMinutes(until));
        refused.ShouldBeRefused("trial.invalid", 400);
        refused.Refusal!.Errors.Single().Field.ShouldBe(field);
    }

    [Fact]
    public void One_at_a_time_and_nothing_ends_that_has_not_begun()
    {
        var running = Then(Is(First), Wish(Is(First), Profile.Messaging, null, Now.AddHours(4)));
        Wish(running, Profile.Blended, null, Now.AddHours(1)).ShouldBeRefused("trial.running", 409);
        Decide(Kind, Is(First), new EndTrial(ByKim, Shop)).ShouldBeRefused("trial.unknown", 404);
    }

    [Fact]
    public void Which_profile_there_was_is_known_of_any_time()
    {
        var card = new InboxCard(Shop, 1, First, []) { Turns = [new(Now, Profile.Blended), new(Now.AddDays(1), Profile.Messaging)] };
        (card.ProfileAt(Now.AddDays(-1)), card.ProfileAt(Now), card.ProfileAt(Now.AddDays(2))).ShouldBe((Profile.Blended, Profile.Messaging, Profile.StrictLive));
    }

    private static InboxState Is(InboxSettings settings) => Fold<InboxState>(Kind, InboxKind.Of(Shop), new InboxSet(1, settings));

    private static Decision Wish(InboxState state, Profile profile, DateTimeOffset? from, DateTimeOffset until) => Decide(Kind, state, new TryProfile(ByKim, Shop, profile, from, until));

    private static Decision Change(InboxState state, InboxChange change) =>
        Decide(Kind, state, new ChangeInbox(ByKim, Shop, change), 1, (WorkspaceKind.Of(Lighthouse), Founded, 4));

    private static Decision Wake(InboxState state, DateTimeOffset now) => Kind.Decide(state, new WakeInbox(ByKim, Shop), new Deciding(now, 1, new Dictionary<Subject, (object, long)>()));

    private static InboxState Then(InboxState state, Decision decision) => (InboxState)decision.Bodies().Aggregate((object)state, (it, body) => Kind.Apply(it, new Entry
    {
        Workspace = Lighthouse, Subject = InboxKind.Of(Shop), Seq = 2, Position = 2, At = Now, Type = "any", V = 1, Author = Author.System, Visibility = Visibility.Internal, Command = "c", Body = body,
    }));

    private static DateTimeOffset? Due(InboxState state) => Kind.Due(state);

    private sealed class ByContent : IEqualityComparer<EntryBody>, IEqualityComparer<InboxSettings>
    {
        public bool Equals(EntryBody? one, EntryBody? other) => one?.GetType() == other?.GetType() && Text(one) == Text(other);

        public bool Equals(InboxSettings? one, InboxSettings? other) => Text(one) == Text(other);

        public int GetHashCode(EntryBody body) => 0;

        public int GetHashCode(InboxSettings settings) => 0;

        private static string Text(object? it) => System.Text.Json.JsonSerializer.Serialize(it, Parley.Platform.Json.Options);
    }
}
