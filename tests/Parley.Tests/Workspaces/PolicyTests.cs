using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class PolicyTests
{
    public static readonly TheoryData<Profile> Profiles = [.. Enum.GetValues<Profile>()];

    [Fact]
    public void Strict_live_is_a_session_on_one_device_with_a_queue_that_shows()
    {
        var it = Policy.Of(Profile.StrictLive);
        (it.LiveAllowed, it.EndsSessions, it.OneDevice, it.HidesEarlier, it.ShowsQueue).ShouldBe((true, true, true, true, true));
        (it.WhenClosed, it.AfterEnd, it.WhenAgentLeaves, it.StartsWithNobody).ShouldBe((WhenClosed.Form, AfterEnd.Refuse, WhenAgentLeaves.Queue, false));
    }

    [Fact]
    public void Messaging_is_never_live_and_blended_may_be()
    {
        foreach (var it in new[] { Policy.Of(Profile.Messaging), Policy.Of(Profile.Blended) })
        {
            it.LiveAllowed.ShouldBe(it.Profile == Profile.Blended);
            (it.EndsSessions, it.OneDevice, it.HidesEarlier, it.ShowsQueue, it.StartsWithNobody).ShouldBe((false, false, false, false, true));
        }
    }

    [Fact]
    public void MS27_Every_limit_of_live_chat_is_a_switch_that_can_be_set_alone()
    {
        // Whatever one profile is, any other becomes by switches alone; and each of them moves one thing.
        foreach (var (from, to) in Enum.GetValues<Profile>().SelectMany(from => Enum.GetValues<Profile>().Select(to => (from, to))))
        {
            Said(Policy.Of(from, Switched(Policy.Of(to)))).ShouldBe(Said(Policy.Of(to)), $"{from} to {to}");
        }

        foreach (var property in typeof(Switches).GetProperties().Where(property => property.PropertyType == typeof(bool?)))
        {
            var on = (bool)typeof(Policy).GetProperty(property.Name)!.GetValue(Policy.Of(Profile.StrictLive))!;
            var switches = new Switches();
            property.SetValue(switches, !on);
            var it = Policy.Of(Profile.StrictLive, switches);
            typeof(Policy).GetProperties().Where(one => !Equals(one.GetValue(it), one.GetValue(Policy.Of(Profile.StrictLive)))).Select(one => one.Name).ShouldBe([property.Name]);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void All_begin_with_the_same_times(Profile profile)
    {
        var it = Policy.Of(profile);
        (it.GraceSeconds, it.AgentGraceSeconds, it.AcceptSeconds, it.LiveWaitSeconds).ShouldBe((120, 30, 45, 120));
        (it.FirstReplySeconds, it.ReplySeconds, it.IdleReminderSeconds, it.IdleSeconds).ShouldBe((180, 300, 240, 600));
        (it.QueueLimit, it.WrapUpSeconds, it.AutoAccept, it.Threads, it.Assignment).ShouldBe((50, 0, false, ThreadRule.Many, AssignmentRule.Offer));
        it.Promise.ShouldBe(new PromiseRule(PromiseKind.Learned, 24 * 3600));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_switch_set_by_hand_stands_beside_those_of_the_profile(Profile profile)
    {
        var it = Policy.Of(profile, new Switches { GraceSeconds = 2, AfterEnd = AfterEnd.New, Promise = new PromiseRule(PromiseKind.Fixed) });
        (it.GraceSeconds, it.AgentGraceSeconds, it.AfterEnd, it.WhenClosed).ShouldBe((2, 30, AfterEnd.New, Policy.Of(profile).WhenClosed));
        it.Promise.ShouldBe(new PromiseRule(PromiseKind.Fixed, 24 * 3600));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_as_the_profile_has_it_is_not_kept(Profile profile)
    {
        Policy.Differing(profile, null).ShouldBeNull();
        Policy.Differing(profile, new Switches { GraceSeconds = 120, QueueLimit = 50, Promise = new PromiseRule(PromiseKind.Learned) }).ShouldBeNull();
        Policy.Differing(profile, new Switches { GraceSeconds = 120, QueueLimit = 51 }).ShouldBe(new Switches { QueueLimit = 51 });
    }

    [Fact]
    public void What_is_kept_says_the_same_as_what_was_set()
    {
        var seconds = Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(1, 600).Select(number => (int?)number), Gen.Elements<int?>(120, 24 * 3600));
        var word = Gen.Choose(-1, 2).Select(number => number < 0 ? (int?)null : number);
        var all = from profile in Gen.Choose(0, 2)
                  from grace in seconds
                  from auto in Gen.Elements<bool?>(null, true, false)
                  from closed in word
                  from ended in word
                  from kind in word
                  select ((Profile)profile, new Switches
                  {
                      GraceSeconds = grace,
                      AutoAccept = auto,
                      WhenClosed = (WhenClosed?)closed,
                      AfterEnd = (AfterEnd?)(ended % 2),
                      Promise = kind is { } one ? new PromiseRule((PromiseKind)(one % 2), grace) : null,
                  });
        Check.QuickThrowOnFailure(Prop.ForAll(all.ToArbitrary(), it => Policy.Of(it.Item1, Policy.Differing(it.Item1, it.Item2)) == Policy.Of(it.Item1, it.Item2)));
    }

    /// <summary>Everything that a policy is, as switches.</summary>
    private static Switches Switched(Policy policy) => JsonSerializer.Deserialize<Switches>(Said(policy), Parley.Platform.Json.Options)!;

    /// <summary>All of it but which profile it came from.</summary>
    private static string Said(Policy policy) => JsonSerializer.Serialize(policy, Parley.Platform.Json.Options);
}
