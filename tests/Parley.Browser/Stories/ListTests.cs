using System.Net;

namespace Parley.Browser.Stories;

/// <summary>The list of conversations: narrowed to what matters, and none of its rows ever out of reach.</summary>
public sealed class ListTests : Scene
{
    [BrowserFact, Trait("row", "PA1")]
    public async Task PA1_A_list_is_narrowed_to_what_is_urgent_and_its_keys_go_by_that()
    {
        foreach (var text in (string[])["The mast is broken", "Which ropes have you?", "The sail is torn", "When are you open?"])
        {
            await Written(text);
        }

        var items = (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBe(4);
        foreach (var row in items.Where(row => row.GetRawText().Contains("The mast", StringComparison.Ordinal) || row.GetRawText().Contains("The sail", StringComparison.Ordinal)))
        {
            (await Kim.Put($"/v1/conversations/{row.GetProperty("id").GetString()}/priority", new { priority = "urgent" })).Expect(HttpStatusCode.OK);
        }

        var kim = await AtTheConsole("Kim", "all");
        await Expect(kim.Rows).ToHaveCountAsync(4);
        await kim.Choose("f", "Urgent");
        await Expect(kim.Rows).ToHaveCountAsync(2);
        await Axe.Audit(kim.Page.MainFrame, "a list that is narrowed to what is urgent");
        var (first, second) = (await kim.Rows.First.InnerTextAsync()).Contains("The mast", StringComparison.Ordinal) ? ("The mast is broken", "The sail is torn") : ("The sail is torn", "The mast is broken");
        await kim.Page.Keyboard.PressAsync("j");
        await kim.Sees(first);
        await kim.Page.Keyboard.PressAsync("j");
        await kim.Sees(second);

        // What is no longer urgent goes once one is elsewhere, and the chip shows all again.
        await kim.Choose("y", "Normal priority");
        await kim.Row(first).ClickAsync();
        await kim.Sees(first);
        await Expect(kim.Rows).ToHaveCountAsync(1);
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter Urgent" }).ClickAsync();
        await Expect(kim.Rows).ToHaveCountAsync(4);
    }

    [BrowserFact, Trait("row", "PA1")]
    public async Task PA1_What_is_said_in_passing_covers_no_row_that_could_not_be_reached()
    {
        foreach (var n in Enumerable.Range(1, 12))
        {
            await Written($"Question {n:00}");
        }

        var kim = await AtTheConsole("Kim", "all");
        await kim.Open("Question 12");
        await kim.Page.Keyboard.PressAsync("Escape");
        await kim.Page.Keyboard.PressAsync("e");
        var toast = kim.Page.Locator(".toast");
        await Expect(toast).ToBeVisibleAsync();
        await toast.HoverAsync();
        var last = kim.Row("Question 01");
        await kim.Page.Locator(".inbox .scroller").EvaluateAsync("list => list.scrollTo(0, list.scrollHeight)");
        await Expect(last).ToBeVisibleAsync();
        await Ears.Eventually(async () =>
        {
            var (row, said) = ((await last.BoundingBoxAsync())!, (await toast.BoundingBoxAsync())!);
            (row.Y + row.Height).ShouldBeLessThanOrEqualTo(said.Y);
        });
    }
}
