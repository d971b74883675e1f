using Parley.Channels.Receiving;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class NamingTests
{
    [Theory]
    [InlineData("{\"from\":\"ana\"}", "ana", true)]
    [InlineData("{\"from\":\"ANA\"}", "ana", true)]
    [InlineData("{\"from\":\"banana\"}", "ana", false)]
    [InlineData("From: Ana <ana@example.org>.", "ana@example.org", true)]
    [InlineData("From: <ana@example.org.uk>", "ana@example.org", false)]
    [InlineData("From: <susana@example.org>", "ana@example.org", false)]
    [InlineData("banana, then ana", "ana", true)]
    [InlineData("{\"from\":\"\\u002B15550109876\"}", "+15550109876", true)]
    [InlineData("", "ana", false)]
    public void An_address_stands_in_a_text_as_a_whole(string text, string address, bool names) => Naming.Names(text, address).ShouldBe(names);
}
