global using Microsoft.Playwright;
global using Parley.Browser.Stage;
global using Parley.Tests.Cast;
global using Shouldly;
global using Xunit;
global using static Microsoft.Playwright.Assertions;
global using static Parley.Browser.Stage.Aloud;
