using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>RFC 3676, 4.</summary>
public sealed class FlowedTests
{
    [Theory]
    [InlineData("one \ntwo\n\n three", false, "one two\n\nthree")]
    [InlineData("\none", false, "\none")]
    [InlineData("one \ntwo", true, "onetwo")]
    [InlineData(">> deep \n> less \n> deep\nown", false, ">> deep \n> less deep\nown")]
    [InlineData("text \n-- \nAna", false, "text \n-- \nAna")]
    [InlineData(">\n>\n", false, ">\n>\n")]
    public void Lines_that_were_broken_to_travel_are_one(string text, bool delSp, string joined) => Flowed.Join(text, delSp).ShouldBe(joined);
}
