using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class WordedTests
{
    [Theory]
    [InlineData("text/plain", "text/plain", null)]
    [InlineData("Text / HTML (a page); name=a", "text/html", "a")]
    [InlineData("image/png; name=\"a;b\\\"c\\\\d.png\"", "image/png", "a;b\"c\\d.png")]
    [InlineData("image/png; name=C:\\files\\my mast (1).png", "image/png", "C:\\files\\my mast (1).png")]
    [InlineData("image/png; name=\"=?utf-8?Q?m=C3=A4st?=.png\"", "image/png", "mäst.png")]
    [InlineData("x/y; name*=utf-8'en'%e2%82%ac%20rates", "x/y", "€ rates")]
    [InlineData("x/y; name*=iso-8859-1''%A3%20rates; name=old", "x/y", "£ rates")]
    [InlineData("x/y; name*1*=%2a%2a; name*0*=us-ascii'en'a%20; name*2=\"b c\"", "x/y", "a **b c")]
    [InlineData("x/y; name=\"no end", "x/y", "no end")]
    [InlineData("x/y;; ; =a; name=a; name=b", "x/y", "a")]
    [InlineData("", "", null)]
    public void Values_and_their_parameters_are_read(string raw, string value, string? name)
    {
        var read = Worded.Parse(raw);
        (read.Value, read["NAME"]).ShouldBe((value, name));
    }
}
