using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class MessageIdsTests
{
    [Theory]
    [InlineData("<a@b>", "a@b")]
    [InlineData("<a@b>\t<c@d>,<e@f>", "a@b", "c@d", "e@f")]
    [InlineData("<1234   @   local(blah)  .machine .example>", "1234@local.machine.example")]
    [InlineData("Your message of Monday <a@b>", "a@b")]
    [InlineData("a@b c@d", "a@b", "c@d")]
    [InlineData("nothing")]
    [InlineData("<>")]
    [InlineData(null)]
    public void Names_of_mails_are_read(string? raw, params string[] ids) => MessageIds.Parse(raw).ShouldBe(ids);
}
