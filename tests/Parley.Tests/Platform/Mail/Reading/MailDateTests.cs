using System.Globalization;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("Thu,\t13\t Feb\t 1969\t 23:32\t -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30")]
    [InlineData("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06+00:00")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("1 Jan 03 1:02 EST", "2003-01-01T01:02:00-05:00")]
    [InlineData("Mon Aug 22 09:45:15 2011", "2011-08-22T09:45:15+00:00")]
    [InlineData("Mon, 23-Nov-2026 10:00:60 Z", "2026-11-23T10:00:59+00:00")]
    [InlineData("2026-11-23T10:00:00+01:00", "2026-11-23T10:00:00+01:00")]
    [InlineData("Mon, 23 Nov 2026 10:00:00 -9999", "2026-11-27T14:39:00+00:00")]
    [InlineData("Wed, 31 Feb 2026 10:00:00 +0000", null)]
    [InlineData("yesterday", null)]
    [InlineData(null, null)]
    public void Dates_are_read(string? raw, string? at) => MailDate.Parse(raw)?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture).ShouldBe(at);

    [Fact]
    public void What_is_none_is_none() => MailDate.Parse("Wed, 31 Feb 2026 10:00:00 +0000").ShouldBeNull();
}
