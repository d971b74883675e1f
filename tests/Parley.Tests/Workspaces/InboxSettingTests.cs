using System.Collections.Immutable;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class InboxSettingTests
{
    private static readonly InboxSettings First = new("Shop", "web", FirstBrand, Profile.Blended, [], ["en"], ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty);

    [Fact]
    public void An_inbox_begins_with_its_first_version_and_its_key()
    {
        var key = new InboxKey("one", KeyAlgorithm.HS256);
        var decision = Decide(new WorkspaceKind(), Founded, new AddInbox(ByKim, Shop, First, key), 4, (InboxKind.Of(Shop), InboxState.Empty, 0));
        decision.Bodies().Select(body => body.GetType()).ShouldBe([typeof(InboxListed), typeof(InboxSet), typeof(KeyAdded)]);
        decision.Drafts.Select(draft => draft.Subject).ShouldBe([null, InboxKind.Of(Shop), InboxKind.Of(Shop)]);
    }

    [Theory]
    [InlineData("https://Shop.example/", "shop.example")]
    [InlineData(" *.Shop.example ", "*.shop.example")]
    [InlineData("http://localhost:8080/x?y", "localhost:8080")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public void Domains_are_hosts_however_they_are_pasted(string pasted, string kept) =>
        Change(new InboxChange { Domains = [pasted] }).Bodies().OfType<InboxSet>().Single().Settings.Domains.ShouldBe([kept]);

    [Fact, Trait("row", "LC17")]
    public void Nobody_is_known_again_unless_that_is_wanted_and_never_where_nothing_of_visitors_is_noted()
    {
        First.Alike.ShouldBeNull();
        Change(new InboxChange { Alike = true }).Bodies().OfType<InboxSet>().Single().Settings.Alike.ShouldBe(true);
        Change(new InboxChange { Alike = false }).Bodies().ShouldBeEmpty();
        Change(new InboxChange { Alike = true, Consent = Consent.Off }).ShouldBeRefused("alike.consent", 400);
        Change(new InboxChange { Alike = true, Consent = Consent.Off }).Refusal!.Errors.Single().Field.ShouldBe("alike");
        Decide(new WorkspaceKind(), Founded, new AddInbox(ByKim, Shop, First with { Alike = true, Consent = Consent.Off }), 4, (InboxKind.Of(Shop), InboxState.Empty, 0)).ShouldBeRefused("alike.consent", 400);
        // Who stops noting anything stops this, too.
        var on = new InboxState(1, First with { Alike = true }, [], []);
        Decide(new InboxKind(), on, new ChangeInbox(ByKim, Shop, new InboxChange { Consent = Consent.Off }), 1, (WorkspaceKind.Of(ByKim.Workspace), Founded, 4))
            .Bodies().OfType<InboxSet>().Single().Settings.ShouldSatisfyAllConditions(it => it.Alike.ShouldBeNull(), it => it.Consent.ShouldBe(Consent.Off));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.*.example")]
    [InlineData("shop .example")]
    [InlineData("shop.example;")]
    [InlineData("'self'")]
    [InlineData("")]
    [InlineData("-shop.example")]
    [InlineData("shop.example:port")]
    public void What_is_no_host_would_break_out_of_a_header(string domain) => Change(new InboxChange { Domains = [domain] }).ShouldBeRefused("domains.invalid", 400);

    [Fact]
    public void Every_change_counts_one_up()
    {
        var set = Change(new InboxChange { Profile = Profile.Messaging }).Bodies().OfType<InboxSet>().Single();
        set.Version.ShouldBe(2);
        set.Settings.ShouldBe(First with { Profile = Profile.Messaging }, new ByContent());
    }

    [Fact]
    public void The_same_again_is_no_version() => Change(new InboxChange { Name = " Shop ", Languages = ["en", "en"] }).Bodies().ShouldBeEmpty();

    [Fact]
    public void It_is_opened_to_teams_that_are_there_and_to_all_again()
    {
        Change(new InboxChange { Teams = [Sails] }).Bodies().OfType<InboxSet>().Single().Settings.Teams.ShouldBe([Sails]);
        Change(new InboxChange { Teams = [new TeamId(Guid.Empty)] }).ShouldBeRefused("team.unknown", 400);
        Change(new InboxChange { AllTeams = true }, First with { Teams = [Sails] }).Bodies().OfType<InboxSet>().Single().Settings.Teams.ShouldBeNull();
    }

    [Fact]
    public void Two_keys_are_valid_at_once_and_no_more()
    {
        var one = new InboxState(1, First, [new InboxKey("one", KeyAlgorithm.HS256)], []);
        Decide(new InboxKind(), one, new AddKey(ByKim, Shop, new InboxKey("two", KeyAlgorithm.ES256))).Bodies().Count().ShouldBe(1);
        var two = one with { Keys = one.Keys.Add(new InboxKey("two", KeyAlgorithm.ES256)) };
        Decide(new InboxKind(), two, new AddKey(ByKim, Shop, new InboxKey("three", KeyAlgorithm.HS256))).ShouldBeRefused("keys.limit", 409);
        Decide(new InboxKind(), two, new RetireKey(ByKim, Shop, "three")).ShouldBeRefused("key.unknown", 404);
        Fold<InboxState>(new InboxKind(), InboxKind.Of(Shop), new KeyAdded(new InboxKey("one", KeyAlgorithm.HS256)), new KeyRetired("one")).Keys.ShouldBeEmpty();
    }

    private static Decision Change(InboxChange change, InboxSettings? before = null) =>
        Decide(new InboxKind(), new InboxState(1, before ?? First, [], []), new ChangeInbox(ByKim, Shop, change), 2, (WorkspaceKind.Of(Lighthouse), Founded, 4));

    private sealed class ByContent : IEqualityComparer<InboxSettings>
    {
        public bool Equals(InboxSettings? x, InboxSettings? y) => Json(x) == Json(y);

        public int GetHashCode(InboxSettings settings) => 0;

        private static string Json(InboxSettings? settings) => System.Text.Json.JsonSerializer.Serialize(settings, Parley.Platform.Json.Options);
    }
}
