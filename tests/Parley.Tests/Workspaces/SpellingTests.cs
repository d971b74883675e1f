using System.Text.Json.Nodes;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class SpellingTests
{
    [Theory]
    [InlineData("\"monday\"", "\"mon\"")]
    [InlineData("\"Wed\"", "\"wed\"")]
    [InlineData("1", "\"mon\"")]
    [InlineData("0", "\"sun\"")]
    [InlineData("7", "\"sun\"")]
    [InlineData("8", "8")]
    [InlineData("1.5", "1.5")]
    [InlineData("\"mo\"", "\"mo\"")]
    [InlineData("null", "null")]
    [InlineData("{}", "{}")]
    public void A_day_is_named_or_counted(string written, string read) => Mended($"{{\"day\":{written}}}").ShouldBe($"{{\"day\":{read}}}");

    [Theory]
    [InlineData("{\"from\":\"09:00:00\",\"to\":\"17:30:15\"}", "{\"from\":\"09:00\",\"to\":\"17:30:15\"}")]
    [InlineData("{\"to\":\"02:00\",\"pastMidnight\":true}", "{\"to\":\"02:00\",\"nextDay\":true}")]
    [InlineData("{\"nextDay\":true,\"pastMidnight\":true}", "{\"nextDay\":true,\"pastMidnight\":true}")]
    public void What_says_the_same_is_put_as_we_do_and_what_is_odd_stays(string written, string read) => Mended(written).ShouldBe(read);

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{\"week\":{},\"exceptions\":[1,{\"intervals\":\"none\"}]}")]
    public void What_is_no_timetable_is_left_alone(string written)
    {
        var node = JsonNode.Parse(written);
        Spelling.Mend(node);
        node!.ToJsonString().ShouldBe(written);
    }

    private static string Mended(string span)
    {
        var node = JsonNode.Parse($"{{\"week\":[{span}]}}");
        Spelling.Mend(node);
        return node!["week"]![0]!.ToJsonString();
    }
}
