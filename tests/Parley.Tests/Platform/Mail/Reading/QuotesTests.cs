using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class QuotesTests
{
    [Theory]
    [InlineData("On Mon, Nov 23, 2026 at 10:00 AM Kim wrote:", 1)]
    [InlineData("On Mon, Nov 23, 2026,\nat 10:00,\nKim <kim@lighthouse.test> wrote:", 3)]
    [InlineData("Hello.\nOn Mon, Nov 23, 2026 Kim wrote:", 0)]
    [InlineData("tir. 18. apr. 2017 kl. 13:09 skrev Kim <kim@lighthouse.test\n>:", 2)]
    [InlineData("ср, 30 апр. 2025 г. в 15:19, Kim <kim@lighthouse.test>:", 1)]
    [InlineData("*From:* Kim <kim@lighthouse.test>\n*Sent:* Monday\n*To:* Ana\n*Subject:* Mast", 4)]
    [InlineData("De : Kim\nEnvoyé le :lundi\nÀ : Ana\nObjet :Mât", 4)]
    [InlineData("-----Ursprüngliche Nachricht-----", 1)]
    [InlineData("Name: Kim\nSubject: Mast", 0)]
    [InlineData("At 10:00 I wrote to you:", 0)]
    [InlineData("On Monday, Kim wrote:\n\n> It is ready.", 1)]
    [InlineData("Am Montag schrieb Kim:\n> Es ist fertig.", 1)]
    [InlineData("On Monday, Kim wrote:\nIt is ready, and I have it.", 0)]
    [InlineData("Kim wrote:\n> It is ready.", 0)]
    public void Heads_of_quotes_are_known(string text, int lines) => Quotes.At(text.Split('\n'), 0).ShouldBe(lines);

    [Fact]
    public void Endless_lines_cost_nothing() => Quotes.At([new string('a', 1_000_000) + ":", "wrote:"], 0).ShouldBe(0);
}
