using System.Text;

namespace Parley.Browser.Stage;

/// <summary>
/// The pictures of <c>docs/pictures</c>: each screen light and dark, wide and as on a telephone, as WebP of at most 60 kB, and a page that shows them all.
/// A picture's name begins with the group it stands in: <c>console-list</c>.
/// </summary>
public static class Album
{
    private const int Largest = 60_000;

    private static readonly (string Suffix, int Width, int Height, bool Dark)[] Ways = [("", 1440, 900, false), ("-dark", 1440, 900, true), ("-390", 390, 844, false), ("-390-dark", 390, 844, true)];

    private static readonly (string Group, string Title)[] Groups = [("demo", "The demo"), ("door", "Setting up, joining, signing in"), ("console", "The console"), ("settings", "Settings"), ("widget", "The widget"), ("docs", "The reference"), ("mail", "Mails")];

    /// <param name="of">Only this, and a little around it, where the rest of a wide page says nothing.</param>
    /// <param name="narrow">How to come to the same place where the screen became narrow; null where there is nothing to do.</param>
    public static async Task Keep(IPage page, string name, ILocator? of = null, Func<Task>? narrow = null, bool both = true)
    {
        await page.Mouse.MoveAsync(0, 0);
        foreach (var (suffix, width, height, dark) in Ways.Where(way => both || way.Width > 390))
        {
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            if (page.ViewportSize!.Width != width)
            {
                await page.SetViewportSizeAsync(width, height);
                await (width == 390 && narrow is not null ? narrow() : Task.CompletedTask);
            }

            await page.WaitForTimeoutAsync(350);
            var clip = of is null || width == 390 ? null : Around((await of.BoundingBoxAsync())!, width, height);
            var png = await page.ScreenshotAsync(new() { Clip = clip, Caret = ScreenshotCaret.Hide });
            await File.WriteAllBytesAsync(Path.Combine(Picture.Folder!, $"{name}{suffix}.webp"), await Small(page.Context, png));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Ways[0].Width, Ways[0].Height);
    }

    /// <summary>Shows all that is in the folder, a group after the other.</summary>
    public static async Task Index()
    {
        var names = Directory.EnumerateFiles(Picture.Folder!, "*.webp").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal).ToHashSet();
        var text = new StringBuilder("# Every screen\n\nLight and dark, wide and at 390 pixels. `eng/pictures` makes them anew, in the demo and on an empty store, with a real browser; they are looked at before they are committed.\n");
        foreach (var (group, title) in Groups)
        {
            text.Append($"\n## {title}\n");
            foreach (var name in names.Where(name => name.Split('-')[0] == group && !Ways.Any(way => way.Suffix.Length > 0 && name.EndsWith(way.Suffix, StringComparison.Ordinal))))
            {
                text.Append($"\n**{name[(name.IndexOf('-') + 1)..].Replace('-', ' ')}**\n\n");
                text.AppendJoin(' ', Ways.Where(way => names.Contains(name + way.Suffix)).Select(way => $"<a href=\"{name}{way.Suffix}.webp\"><img src=\"{name}{way.Suffix}.webp\" height=\"240\" alt=\"{name.Replace('-', ' ')}{(way.Width == 390 ? ", 390 pixels" : "")}{(way.Dark ? ", dark" : "")}\"></a>")).Append('\n');
            }
        }

        await File.WriteAllTextAsync(Path.Combine(Picture.Folder!, "README.md"), text.ToString());
    }

    private static Clip Around(LocatorBoundingBoxResult box, int width, int height)
    {
        var (x, y) = (Math.Max(0, box.X - 24), Math.Max(0, box.Y - 24));
        return new() { X = x, Y = y, Width = Math.Min(width, box.X + box.Width + 24) - x, Height = Math.Min(height, box.Y + box.Height + 24) - y };
    }

    /// <summary>The browser knows WebP; the less sharp, the more there is to show.</summary>
    private static async Task<byte[]> Small(IBrowserContext context, byte[] png)
    {
        var page = await context.NewPageAsync();
        try
        {
            var webp = await page.EvaluateAsync<string>("""
                async ([png, most]) => {
                  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
                  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
                  canvas.getContext('2d').drawImage(bitmap, 0, 0);
                  for (let quality = 0.9; ; quality -= 0.08) {
                    const text = canvas.toDataURL('image/webp', quality).split(',')[1];
                    if (text.length * 3 / 4 <= Number(most) || quality < 0.2) return text;
                  }
                }
                """, new[] { Convert.ToBase64String(png), $"{Largest}" });
            return Convert.FromBase64String(webp);
        }
        finally
        {
            await page.CloseAsync();
        }
    }
}
