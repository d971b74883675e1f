using System.Net;
using Parley.Channels;
using Shouldly;

namespace Parley.Tests.Channels;

public class WebCallTests
{
    /// <summary>Tried again by itself only where that can help and can double nothing; what a server did before it broke nobody knows.</summary>
    [Theory]
    [InlineData(429, "throttled", true, Blame.Provider, Hearer.Nobody)]
    [InlineData(503, "unreachable", true, Blame.Provider, Hearer.Nobody)]
    [InlineData(408, "unreachable", true, Blame.Provider, Hearer.Nobody)]
    [InlineData(400, "rejected", false, Blame.Message, Hearer.Agent)]
    [InlineData(413, "rejected", false, Blame.Message, Hearer.Agent)]
    [InlineData(401, "misconfigured", true, Blame.Settings, Hearer.Admin)]
    [InlineData(404, "misconfigured", true, Blame.Settings, Hearer.Admin)]
    [InlineData(302, "misconfigured", true, Blame.Settings, Hearer.Admin)]
    [InlineData(500, "outcomeUnknown", false, Blame.Provider, Hearer.Agent)]
    [InlineData(502, "outcomeUnknown", false, Blame.Provider, Hearer.Agent)]
    public void A_status_says_whether_to_try_again_whose_matter_it_is_and_who_hears_of_it(int status, string code, bool again, Blame blame, Hearer hearer)
    {
        var failure = WebCall.Of((HttpStatusCode)status, null, "said");
        (failure.Code, failure.Again, failure.Blame, failure.Hearer, failure.Said).ShouldBe((code, again, blame, hearer, "said"));
    }

    [Fact]
    public void What_a_provider_says_is_kept_as_far_as_a_person_reads() => new Failure.Rejected(new string('x', 10_000)).Said!.Length.ShouldBe(500);
}
