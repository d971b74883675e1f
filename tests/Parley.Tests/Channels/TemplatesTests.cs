using Parley.Channels;
using Shouldly;

namespace Parley.Tests.Channels;

public class TemplatesTests
{
    private static readonly MessageTemplate Ready = new("ready", "en", "Hello {{1}}, your {{2}} is ready. {{1}}, come by!");

    [Fact]
    public void What_is_filled_in_stands_in_its_places_and_is_no_place_itself()
    {
        Ready.Values.ShouldBe(2);
        var (content, refused) = Templates.Filled(Ready, ["{{2}}", "sail"]);
        refused.ShouldBeNull();
        content!.Text.ShouldBe("Hello {{2}}, your sail is ready. {{2}}, come by!");
        (content.Type, content.Language, content.Template!.Name).ShouldBe(("template", "en", "ready"));
        content.Template.Values.ShouldBe(["{{2}}", "sail"]);
        content.Plain().ShouldBe(content.Text);
        Templates.Filled(new("hello", "en", "Hello."), []).Content!.Text.ShouldBe("Hello.");
    }

    [Theory]
    [InlineData("Ana")]
    [InlineData("Ana", "sail", "more")]
    [InlineData("Ana", " ")]
    [InlineData("Ana", "a\nb")]
    [InlineData("Ana", null)]
    public void What_does_not_fit_its_places_is_refused(params string?[] values)
    {
        var refused = Templates.Filled(Ready, values).Refused!;
        (refused.Code, refused.Errors[0].Field).ShouldBe(("template.values", "values"));
    }

    [Fact]
    public void What_is_wrong_with_a_list_is_named()
    {
        Templates.Flaw([Ready, new("ready", "de", "Fertig.")]).ShouldBeNull();
        Templates.Flaw([Ready, Ready])!.Errors[0].Text.ShouldContain("twice");
        Templates.Flaw([Ready, null])!.Errors[0].Field.ShouldBe("templates.1");
        Templates.Flaw([Ready, new("x", "en", "")])!.Errors[0].Field.ShouldBe("templates.1.text");
        Templates.Flaw([new("x", "en", new string('x', 5_000))])!.Errors[0].Field.ShouldBe("templates.0.text");
        Templates.Flaw([new("x\0", "en", "X")])!.Errors[0].Field.ShouldBe("templates.0.name");
    }
}
