using Parley.Notifications;
using Shouldly;

namespace Parley.Tests.Notifications;

public sealed class AnswerPageTests
{
    [Theory]
    [InlineData("#ffd400", "#000000")]
    [InlineData("#1d4ed8", "#ffffff")]
    public void What_stands_on_the_colour_can_be_read_and_without_a_logo_the_name_stands_there(string color, string on)
    {
        var page = AnswerPage.Write(AnswerWords.Of("nl", formal: false).Filled("Zeil & Zoon", "Ana"), "nl", new("Zeil & Zoon", color, null), [new(3, null, "Hallo", Files: true)], "https://parley.example/t#x");
        page.ShouldContain($"background:{color};color:{on}");
        page.ShouldContain(">Zeil &amp; Zoon</p>");
        page.ShouldContain("Hallo\n(met bestanden, in het gesprek)");
        page.ShouldContain("<html lang=\"nl\">");
        page.ShouldNotContain("cid:");
        page.ShouldNotContain("{");
    }

    [Fact]
    public void Where_there_is_nothing_to_go_on_with_no_link_is_shown() =>
        AnswerPage.Write(AnswerWords.Of("en", formal: false).Filled("Lighthouse", null), "en", new("Lighthouse", "#1d4ed8", null), [new(3, "Kim", "Bye", Files: false)], link: null).ShouldNotContain("<a ");
}
